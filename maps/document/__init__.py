"""An HTML document: text that cannot act in it, its scripts, and the policy that closes it."""

"""The register of gaps: which, why, who could close them, and whether they came true."""

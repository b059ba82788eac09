"""The designs that come with us: what they are called, and which occasions they fit."""

from loyalapp import sdk

_ = sdk.texts("greetings").gettext

# Those that fit any happy day, in the order in which they are offered; the others only fit what is named below.
ANY = (
    "garden",
    "paisley",
    "sunrise",
    "truck",
    "phulkari",
    "jaali",
    "ajrak",
    "girih",
    "kites",
    "colours",
    "quiet",
    "plain",
)
DESIGNS = (*ANY, "anniversary", "eid", "lanterns", "diwali", "rangoli")
MOONS, LAMPS = ("eid", "lanterns", "girih", "jaali", "quiet"), ("diwali", "rangoli", "garden", "phulkari")
FLOOR, SPRING = ("rangoli", "garden", "paisley", "sunrise"), ("kites", "phulkari", "garden", "sunrise")
WORK, HARVEST = ("plain", "sunrise", "quiet", "jaali"), ("sunrise", "rangoli", "phulkari", "kites")
FIRMS = ("plain", "sunrise", "paisley", "quiet")
NATIONAL = ("sunrise", "kites", "plain", "quiet")
# Which come first; what is not named here begins with the garden.
FITTING = (
    dict.fromkeys(("eid_fitr", "eid_azha"), MOONS)
    | dict.fromkeys(("ramadan", "milad", "shab_barat"), ("lanterns", *MOONS[2:]))
    | {"diwali": LAMPS, "holi": ("colours", "rangoli", "kites"), "gujarati_new_year": LAMPS, "bhai_dooj": LAMPS}
    | dict.fromkeys(("raksha_bandhan", "janmashtami", "ganesh_chaturthi", "durga_puja", "dussehra", "navratri"), FLOOR)
    | dict.fromkeys(("ram_navami", "maha_shivratri", "rath_yatra", "chhath", "onam", "vishu"), FLOOR)
    | dict.fromkeys(("ugadi", "gudi_padwa", "cheti_chand", "tamil_new_year", "bengali_new_year"), FLOOR)
    | dict.fromkeys(("sankranti", "lohri", "vasant_panchami", "vaisakhi", "nauroz"), SPRING)
    | dict.fromkeys(("pongal", "bihu", "farmers_in", "farmers_pk"), HARVEST)
    | {"first_deal": ("anniversary", *FIRMS), "firm_birthday": FIRMS}  # its flowers are the years together
    | dict.fromkeys(("new_year", "parsi_new_year", "independence_pk", "independence_in"), NATIONAL)
    | dict.fromkeys(("pakistan_day", "republic_in", "maharashtra_day"), NATIONAL)
    | {"sindhi_day": ("ajrak", "sunrise", "quiet"), "iqbal_day": WORK, "quaid_day": WORK, "gandhi_jayanti": WORK}
    | dict.fromkeys(("teachers_in", "teachers_pk", "doctors", "nurses", "pharmacists", "accountants"), WORK)
    | dict.fromkeys(("engineers", "lawyers", "press", "architects", "plumbers", "vets"), WORK)
    | {"weavers": ("ajrak", "phulkari", "paisley"), "photographers": ("sunrise", "jaali", "plain")}
    | {"cooks": ("paisley", "truck", "plain")}
)


def name(design: str) -> str:
    """A design in the reader's language."""
    names = {
        "garden": _("Garden: a wreath of flowers on printed cloth"),
        "eid": _("Arch and new moon"),
        "diwali": _("Marigold garland and five lamps"),
        "anniversary": _("Vine: one flower for each year"),
        "paisley": _("Paisley: the border of a shawl"),
        "sunrise": _("Sunrise over hills and fields"),
        "truck": _("Painted truck: roses and bright foil"),
        "phulkari": _("Phulkari: silk stitches on homespun"),
        "jaali": _("Carved screen and an open window"),
        "ajrak": _("Ajrak: indigo and madder block print"),
        "girih": _("Stars in strapwork, with a rosette"),
        "kites": _("Kites over the roofs"),
        "colours": _("Colours thrown on white paper"),
        "quiet": _("Quiet: one stroke of the pen"),
        "plain": _("Plain: like a letterhead"),
        "lanterns": _("Lanterns in a blue night"),
        "rangoli": _("Rangoli: rings of petals"),
    }
    return names[design]


def designs_for(occasion: str) -> tuple[str, ...]:
    """The designs that fit an occasion, the best first."""
    return tuple(dict.fromkeys((*FITTING.get(occasion, ()), *ANY)))


def made_for(design: str) -> tuple[str, ...]:
    """The occasions that a design is made for; none means any."""
    return () if design in ANY else tuple(occasion for occasion, designs in FITTING.items() if design in designs)

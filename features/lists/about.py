"""What each list says, and how sure its rows are."""

LISTS = {
    "activity_groups": "Lines of business that act for others",
    "brands": "Brands whose makers stopped selling to the country of concern",
    "cannibalised_goods": "Consumer goods that are taken apart for the electronics inside",
    "concern": "Countries that sanctioned goods must not reach",
    "events": "Days on which trade changed",
    "goods_of_concern": "Goods of concern beyond the priority list",
    "hs_2017_to_2022": "Subheadings of HS 2017 whose goods went to one of HS 2022",
    "hubs": "Transshipment points that an official note names",
    "places": "A place of each country, for distances",
    "priority": "The Common High Priority List",
    "sanctioning": "Countries that control exports to the country of concern",
    "value_thresholds": "Values below which less is asked of a declaration",
}

CERTAINTIES = {
    "primary": "read in the text that makes it so",
    "secondary": "read in a report or a copy of that text",
    "own": "ours: a grouping, a rounding, or what no text at hand confirms",
}

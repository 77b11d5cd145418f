"""One way to divert goods, as numbers: how it declares, by what firms, and how much shows."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

NAMES = tuple(f"T{number}" for number in range(1, 12))

Share = Annotated[float, Field(ge=0, le=1)]
Range = tuple[Annotated[float, Field(ge=0)], Annotated[float, Field(ge=0)]]


class Typology(BaseModel):
    """A way to divert goods. Shares are of its channels or rows, prices are logarithms."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    weight: float = Field(ge=0, le=100)  # how common it is beside the others; 0 switches it off
    says: str = ""
    # What is declared: the goods themselves, harmless goods over them, the unlisted neighbour of
    # their code, or consumer goods that will be taken apart.
    declares: Literal["openly", "cover", "neighbour", "consumer"] = "openly"
    # How it comes: as such goods do, through the network's hub, in transit through Russia, or
    # straight from a sanctioning maker.
    through: Literal["usual", "hub", "russia", "maker"] = "usual"
    # Who imports: a firm founded for it, a dormant firm bought, an honest one that lends itself;
    # else a firm that the network has had for long.
    new_firm: Share = 0.15
    bought_firm: Share = 0.1
    honest_firm: Share = 0
    unrelated_business: Share = 0.1  # firms whose line of business has nothing to do with the goods
    channels: float = Field(default=1.6, ge=1, le=10)  # suppliers of one firm
    rows_a_month: float = Field(default=2.5, gt=0, le=100)  # of one channel
    life_days: Range = (90, 420)
    covers: float = Field(
        default=1.5, ge=0, le=20
    )  # honest rows of the same firm for each diverted one
    local_sale: Share = 0.38  # listed goods that really stay in the country
    lots: float = Field(default=1, ge=1, le=20)  # shipments into which a consignment is split
    mass: float = Field(default=0, ge=-3, le=3)  # log of the mass against the usual one
    overpay: float = Field(default=0.12, ge=-1, le=3)  # mean log of the price against the usual one
    overpay_spread: float = Field(default=0.3, ge=0, le=2)
    indirect: Share = 0.4  # sent from a country other than the origin
    sends_on: Share = 0.25  # shipments recorded as moving on
    dwell_days: float = Field(default=22, ge=1, le=180)
    closes: Share = 0.9  # transit whose exit is recorded
    own_partner: Share = 0.18  # channels whose partner belongs to the network
    own_broker: Share = 0.2
    corrupt_post: Share = 0.05
    foreign_owner: Share = 0.28  # owned from the country the goods go to
    shared_means: Share = 0.2  # address or director shared within the network
    vague: Share = 0.1
    amends: Share = 0.11
    reveals: Share = 0  # earlier documents that name the goods inside
    slips: Share = 0  # descriptions that name the goods inside
    blend: tuple[Share, Share] = (0, 0)  # how far goods under another code show in price and mass

    @model_validator(mode="after")
    def _ordered(self) -> "Typology":
        if self.new_firm + self.bought_firm + self.honest_firm > 1:
            raise ValueError("new_firm, bought_firm and honest_firm add up to more than 1")
        if self.life_days[0] > self.life_days[1] or self.blend[0] > self.blend[1]:
            raise ValueError("life_days and blend are given as least and most")
        return self

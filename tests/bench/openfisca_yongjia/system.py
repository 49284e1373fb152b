"""One entity, the facts as input variables, the rows of the annex as formulas."""

from pathlib import Path

from openfisca_core.taxbenefitsystems import TaxBenefitSystem

from tests.bench.openfisca_yongjia import rows
from tests.bench.openfisca_yongjia.facts import FACTS, Person

PARAMETERS = Path(__file__).parent / "parameters"


class YongjiaSystem(TaxBenefitSystem):
    """Points of new citizens of Yongjia county, 2022."""

    def __init__(self) -> None:
        super().__init__([Person])
        for variable in (*FACTS, *rows.ROWS):
            self.add_variable(variable)
        self.load_parameters(str(PARAMETERS))

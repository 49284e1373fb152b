"""The sheet says what rules that changed since the last message change for its owner."""

import json
import shutil
from pathlib import Path

from bot import create_app
from bot.database import writing
from tests.bot.setting_up import NOW, settings_for
from tests.bot.talks import rewrite_talks
from tests.bot.web import FACTS, Watch, signed_in, talked
from tests.dialogs.test_rule_changes import CORRECTED

ME = "oMe-0001-openid"


def test_the_sheet_tells_it_with_the_source(tmp_path: Path, sqlite: Path, watch: Watch) -> None:
    own = tmp_path / "rules"
    own.mkdir()
    shutil.copy(sqlite, tmp_path / "service.db")
    app = create_app(settings_for(tmp_path, rules=own), watch)
    service = app.extensions["xinshimin"]
    talked(service, ME)
    state = {"consented": True, "facts": FACTS, "heard": NOW.isoformat(), "amendments": []}
    with writing(service.engine) as connection:
        rewrite_talks(connection, json.dumps(state))
    me = signed_in(app, ME)
    assert "规则改了" not in me.get("/sheet").get_data(as_text=True)
    text = CORRECTED.format(points=9, start="2026-11-01")
    (own / "own.yaml").write_text(text, encoding="utf-8")
    for _ in range(2):  # looking changes nothing
        page = me.get("/sheet").get_data(as_text=True)
        assert "文化程度 8 → 9。同样的回答，您的估算 66 → 67 分。" in page
        assert "《口径的答复》：答复，“第一条”，2026年11月1日起。" in page

"""Write the schemas anew."""

import json

from scoring.schema import FOLDER, schemas

for name, schema in schemas().items():
    text = json.dumps(schema, ensure_ascii=False, indent=1, sort_keys=True)
    (FOLDER / name).write_text(f"{text}\n", encoding="utf-8")

"""show_db.py FILE [SQL]: counts and rows of a database of classified records, or what SQL finds."""
import sqlite3
import sys

db = sqlite3.connect(sys.argv[1])
assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
assert not db.execute("PRAGMA foreign_key_check").fetchall()
if len(sys.argv) > 2:
    for row in db.execute(sys.argv[2]):
        print("|".join("" if v is None else str(v) for v in row))
    sys.exit()
for table in "articles", "runs", "tags", "refused":
    print(table, db.execute(f"SELECT count(*) FROM {table}").fetchone()[0])
if db.execute("SELECT count(*) FROM sqlite_schema WHERE name = 'search'").fetchone()[0]:
    db.execute("INSERT INTO search(search, rank) VALUES('integrity-check', 1)")
    print("search ok")

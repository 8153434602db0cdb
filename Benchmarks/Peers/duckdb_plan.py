"""The job of a plan, by DuckDB: what SQL takes for what Hookline does, without scripts or with the same Lua.

    python duckdb_plan.py USERS.csv RESULT.csv checks|plain|HOOKS.lua

Reads the file with the types that the manifest gives, drops rows by the rule, maps and filters, lowercases the address, takes its MD5,
keeps one row of each address, and writes address and MD5. Prints how many there are.

`plain` does no more than that. `checks` also does what a plan never leaves out: it refuses a key that occurs twice, and drops what is no
address. HOOKS.lua is run by lupa: one call of Lua for each row, with the fields that the script reads. Rows are fetched in Python for
that, which takes less time than a function of DuckDB's in Python.
"""

import hashlib
import sys

import duckdb

users, result, way = sys.argv[1:]
database = duckdb.connect()
rows = f"""
    SELECT * FROM read_csv('{users}', header = true, columns = {{
        id: 'BIGINT', email: 'VARCHAR', first_name: 'VARCHAR', country: 'VARCHAR', lifetime_value: 'DOUBLE', last_order_at: 'TIMESTAMP'}})
    WHERE lifetime_value >= 100"""

THROUGH = """
function(script)
  local map, filter = script.map, script.filter
  return function(email, country, lifetime_value)
    local user = { email = email, country = country, lifetime_value = lifetime_value }
    local mapped = map(user)
    if mapped.email then user.email = mapped.email end
    if filter(user) then return user.email end
    return nil
  end
end
"""


def in_sql():
    where = "country <> 'ZZ'"
    if way == "checks":
        repeated = f"SELECT count(*) <> count(DISTINCT id) FROM read_csv('{users}', header = true, columns = {{id: 'BIGINT', email: 'VARCHAR', first_name: 'VARCHAR', country: 'VARCHAR', lifetime_value: 'DOUBLE', last_order_at: 'TIMESTAMP'}})"
        if database.execute(repeated).fetchone()[0]:
            sys.exit("a key occurs twice")
        where += r" AND regexp_full_match(trim(email), '[^@\s]+@[^@\s.]+(\.[^@\s.]+)+')"
    # Nothing but the address goes on, so that any row of an address is as good as its first.
    database.execute(
        f"CREATE TEMP TABLE plan AS SELECT address, md5(address) AS hash"
        f" FROM (SELECT lower(trim(email)) AS address FROM ({rows}) WHERE {where}) GROUP BY address"
    )
    database.execute(f"COPY plan TO '{result}' (HEADER)")
    return database.execute("SELECT count(*) FROM plan").fetchone()[0]


def in_lua():
    from lupa.lua54 import LuaRuntime

    lua = LuaRuntime(encoding="utf-8")
    with open(way, encoding="utf-8") as script:
        through = lua.eval(THROUGH)(lua.execute(script.read()))
    plan = {}
    found = database.execute(f"SELECT email, country, lifetime_value FROM ({rows})")
    while batch := found.fetchmany(20_000):
        for email, country, lifetime_value in batch:
            mapped = through(email, country, lifetime_value)
            if mapped is not None:
                address = mapped.strip().lower()
                if address not in plan:
                    plan[address] = hashlib.md5(address.encode()).hexdigest()
    with open(result, "w", encoding="utf-8") as file:
        file.write("address,hash\n")
        file.writelines(f"{address},{hash}\n" for address, hash in plan.items())
    return len(plan)


print(in_sql() if way in ("plain", "checks") else in_lua())

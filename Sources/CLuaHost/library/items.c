#include "items.h"

#include "CLuaMessages.h"

enum { VALUE = -1 };

/// Every name in `hookline`, in the order of the reference page. Types are in LuaLS notation; a test runs the examples.
static const hl_library_entry entries[] = {
    {{"null", "", "hookline.Null", "Clears a field when map returns it, and represents null in JSON.", "hookline.json.encode({ hookline.null })",
      "'[null]'"}, NULL, VALUE},
    {{"array", "list?: table", "table", "Marks a table as a list, so that it remains one even when it is empty.", "hookline.json.encode(hookline.array {})",
      "'[]'"}, hl_mark_as_array, 0},
    {{"log.debug", "...: any", "", "Logs its arguments at level debug; shown with --verbose.", NULL, NULL}, hl_log_values, HL_LOG_DEBUG},
    {{"log.info", "...: any", "", "Logs its arguments at level info, as print does.", NULL, NULL}, hl_log_values, HL_LOG_INFO},
    {{"log.warn", "...: any", "", "Logs its arguments at level warn; shown after every run.", NULL, NULL}, hl_log_values, HL_LOG_WARN},

    {{"email.normalise", "address: string?", "string?",
      "The address in lower case, without invisible characters and what is written around it, as Hookline sends it; nil for anything that is not one address. An international domain keeps its spelling: to compare, ask a lookup.",
      "hookline.email.normalise('Ada L. <Ada@Example.COM>')", "'ada@example.com'"}, hl_email_normalise, 0},
    {{"email.domain", "address: string?", "string?", "The part after the @, lowercased, an international domain in letters; nil for anything that is not an address.",
      "hookline.email.domain('Ada@Example.COM')", "'example.com'"}, hl_email_domain, 0},
    {{"email.is_valid", "address: string?", "boolean", "Whether Mailchimp could have an address of this form; not whether it exists.",
      "hookline.email.is_valid('ada@example')", "false"}, hl_email_is_valid, 0},

    {{"text.upper", "text: string", "string", "Converts a text to upper case, including letters beyond ASCII.", "hookline.text.upper('élan')", "'ÉLAN'"}, hl_text_upper, 0},
    {{"text.lower", "text: string", "string", "Converts a text to lower case, including letters beyond ASCII.", "hookline.text.lower('ÉLAN')", "'élan'"}, hl_text_lower, 0},
    {{"text.trim", "text: string", "string", "Removes the white space around a text, of any kind that Unicode defines.",
      "hookline.text.trim('\\u{A0} a b \\n')", "'a b'"}, hl_text_trim, 0},
    {{"text.slug", "text: string", "string", "Keeps only a to z, 0 to 9 and hyphens, for keys and names. Latin letters lose their marks; other letters are dropped.",
      "hookline.text.slug('Crème Brûlée & Straße')", "'creme-brulee-strasse'"}, hl_text_slug, 0},
    {{"text.truncate", "text: string, bytes: integer, ellipsis?: string", "string",
      "Cuts a text between characters to at most this many bytes, the ellipsis included.",
      "hookline.text.truncate('déjà vu', 6, '…')", "'dé…'"}, hl_text_truncate, 0},
    {{"text.length", "text: string", "integer", "The number of characters (code points) in a text; # counts bytes.", "hookline.text.length('déjà')", "4"},
     hl_text_length, 0},

    {{"date.parse", "text: string, format?: string", "integer?, string?",
      "The Unix seconds of a date or timestamp, in UTC unless the text says otherwise; nil and a reason for anything else. Without a format, the text is ISO 8601.",
      "hookline.date.parse('2026-03-01T06:00:00+01:00')", "1772341200"}, hl_date_parse, 0},
    {{"date.format", "moment: integer|string, format: string", "string",
      "Formats a timestamp (Unix seconds) or a date (YYYY-MM-DD), in UTC: %Y %y %m %d %e %H %I %M %S %p %j %a %A %b %B %u %G %V %F %T %s %%.",
      "hookline.date.format('2026-03-01', '%B %Y')", "'March 2026'"}, hl_date_format, 0},
    {{"date.add", "moment: integer|string, count: integer, unit: hookline.Unit", "integer|string",
      "Adds a number of units (second, minute, hour, day, week, month, quarter or year, with or without an s). Where a month is too short, its last day counts. A timestamp stays a timestamp, a date stays a date.", "hookline.date.add('2026-01-31', 1, 'month')",
      "'2026-02-28'"}, hl_date_add, 0},
    {{"date.diff", "later: integer|string, earlier: integer|string, unit: hookline.Unit", "integer",
      "The whole units (as in date.add) from the second moment to the first; negative when the first is the earlier one.",
      "hookline.date.diff('2026-03-01', '2026-02-01', 'day')", "28"}, hl_date_diff, 0},

    {{"hash.md5", "text: string", "string", "The MD5 of a text (RFC 1321), in hexadecimal. Mailchimp's subscriber hash is the MD5 of the lowercased address.",
      "hookline.hash.md5('abc')", "'900150983cd24fb0d6963f7d28e17f72'"}, hl_hash_md5, 0},
    {{"hash.sha256", "text: string", "string", "The SHA-256 of a text (FIPS 180-4), in hexadecimal.", "hookline.hash.sha256(''):sub(1, 8)", "'e3b0c442'"},
     hl_hash_sha256, 0},
    {{"hash.bucket", "key: string|integer, count: integer", "integer",
      "A number from 0 to count - 1 that is always the same for a key, for samples and holdout groups: the first 8 bytes of the key's SHA-256, modulo count.",
      "hookline.hash.bucket('ada@example.com', 10)", "hookline.hash.bucket('ada@example.com', 10)"}, hl_hash_bucket, 0},

    {{"json.decode", "text: string", "any", "Decodes a JSON text: integers stay integers, and null becomes hookline.null.",
      "hookline.json.decode('{\"a\": [1, 2.5]}').a[2]", "2.5"}, hl_json_decode, 0},
    {{"json.encode", "value: any", "string", "Encodes a value as JSON on one line, with sorted keys; an empty table is an object unless hookline.array marked it.",
      "hookline.json.encode({ b = 1, a = { true } })", "'{\"a\":[true],\"b\":1}'"}, hl_json_encode, 0},

    {{"lookup", "file: string, key: string, options?: hookline.LookupOptions", "hookline.Lookup",
      "A CSV file in the package's lookups/ as a read-only table of rows, by the given column; an unknown key gives nil. With normalise = \"email\" or \"domain\", keys are compared as addresses or domains.",
      NULL, NULL}, hl_lookup, 0},
    {{"sorted_pairs", "table: table, order?: fun(a: any, b: any): boolean", "fun(): any, any",
      "Like pairs, in the order of the keys: numbers first, then strings; or in the order that a function defines.",
      "(function() local s = '' for k in hookline.sorted_pairs({ b = 1, a = 2 }) do s = s .. k end return s end)()", "'ab'"}, hl_sorted_pairs, 0},
};

enum { ENTRY_COUNT = sizeof entries / sizeof *entries };

uint32_t hl_library_count(void)
{
    return ENTRY_COUNT;
}

const hl_library_item *hl_library_item_at(uint32_t index)
{
    return index < ENTRY_COUNT ? &entries[index].item : NULL;
}

const hl_library_entry *hl_library_entry_at(uint32_t index)
{
    return index < ENTRY_COUNT ? &entries[index] : NULL;
}

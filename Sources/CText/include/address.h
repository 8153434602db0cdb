// How an address is spelled. Sources, hooks, and lookups all read addresses here, so that they agree on who is who.

#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    /// The length of the longest address, in bytes (RFC 5321 §4.5.3.1.3, without the brackets of a path).
    HL_ADDRESS_LIMIT = 254
};

typedef enum {
    /// Nothing, or nothing but white space and invisible characters.
    HL_ADDRESS_MISSING,
    /// A text that is not one address that Mailchimp could have.
    HL_ADDRESS_MALFORMED,
    HL_ADDRESS_FOUND
} hl_address_kind;

/// An address, or a domain alone, in the one spelling in which it is compared.
typedef struct {
    char bytes[HL_ADDRESS_LIMIT];
    size_t length;
    /// Where the domain starts; 0 for a domain alone.
    size_t domain;
    /// Whether more than white space was taken off: invisible characters, or something written around the address.
    bool is_cleaned;
} hl_address;

/// Reads the address in a UTF-8 text; `out` is meaningful only if one is found.
///
/// Taken off are white space and invisible characters; `mailto:` with what follows a question mark; a name before `<…>`; quotes,
/// apostrophes, commas, and semicolons around. The letters A to Z become small; those of a domain beyond ASCII do by Unicode's rules.
/// Before the @, Mailchimp takes only ASCII; in the domain it takes more (https://mailchimp.com/help/international-characters-in-mailchimp).
hl_address_kind hl_read_address(const char *text, size_t length, hl_address *out);

/// What a column of addresses holds, one for each value.
typedef struct {
    hl_address_kind kind;
    /// Of an address that was found, as ``hl_address``.
    bool is_cleaned;
} hl_address_reading;

/// Reads the addresses of a column, and writes them one right after the other.
///
/// `bytes` has the texts, `offsets` their `count + 1` bounds, and `valid` is 1 where there is a text. `written` has room for `capacity` bytes;
/// `ends` receives where each address ends, also that of a value without one. Returns how many values were read: fewer than `count` only
/// when the next address may have no room.
size_t hl_read_addresses(
    const char *bytes, const uint32_t *offsets, const uint8_t *valid, size_t count, char *written, size_t capacity, uint32_t *ends,
    hl_address_reading *readings);

/// Reads a domain that is written alone or behind an `@`, cleaned in the same way. Returns false for anything else, an address included.
bool hl_read_domain(const char *text, size_t length, hl_address *out);

// An ADBC driver of the tests' own. How it behaves is its option `mode`.

#pragma once

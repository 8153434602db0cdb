// libcrypto (OpenSSL 3) as the system installed it.
#include <openssl/evp.h>

# accepted by the rules of those who read it, the same bytes in any number of threads
. "$LIB"
exchange_format stix mask_exchange

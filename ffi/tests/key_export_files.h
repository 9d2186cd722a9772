/* Key export files, made with Python's hashlib and cryptography. Salt and IV are the bytes from 0 to 31, unless it is said otherwise. */
#ifndef KEY_EXPORT_FILES_H
#define KEY_EXPORT_FILES_H

/*
 * Nine entries under the passphrase "correct horse" in 10 rounds: a number; FULL; another algorithm; no algorithm; no room id; BARE; a session key
 * that is no base64; one of 3 bytes; BARE with the session id of FULL.
 */
static const char MIXED[] =
    "-----BEGIN MEGOLM SESSION DATA-----\n"
    "AQABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4fAAAACtZoge3Oz7xPjNgYk1531RKBM0cvxGbpR0SjBqQS5gKq6fa5\n"
    "kRRSZrsycAu5u+Q5lWjUpKSYTGgK8gf+ZmZ9c2Il525xvzJ3E8YI/zSHcwJdCvQs5OhZTfeIcw0Dzg7+2AWncVEdbafMoz6c\n"
    "iTFthj0hqfayH92bZY+dC5/kF7I30AHcFN4EwWxLEln3N8kwJkW6jZeJm58UcHxx+PGu+7iyYI9frYRvaueuVcavTD7gWxcN\n"
    "a9tLm8KUj5T9eWCrNr+IsoRckzdCwxJOnfxyyCYGI3tAIu4hFoIez3TtrQS4MlJjk5KSrZ+YjanlgLu3Cgr1SbBTPXb6nwAp\n"
    "WG9dt4NCq/NIt+G6Ro84YfHymBJQdMJN5IxVir1GUgXgxamYaahLVSR3FaUOTSLU0k9W5tVlmlu8h1Ezp2Vt6Eh5fgYNDV7b\n"
    "Yp1hDWy42kIj84HqNq4yl7M4TVCX2dAdWG4JtucYnbKgRA5Vu6ZaiBC+ngNq/5Nbk1ihtz6hfXIDeOaQ+JyuWW5OM7uAvJVI\n"
    "rFKUqG5Uku1RqJnFH2bBUiFJoodnyeQ1LpjlnZ+N2Xmyslk1iQKClkUweYmZHHXqrQsbr4/oAMM0b4oBf6r2WXVOfzSdtdQ7\n"
    "v2CtCEOqryxvk2b4muqQS5oF0ewv4HbTT9RA5MRD2muaxAqgOMOK7i+4KwbHEOT9oSu5/aq+073sT4yuE0Vkr5O/OaRA5pfZ\n"
    "JOiGni3Qf3HT6Orhitn++Y3uqhHrJ5fVxWZwBhFRt0LFFRE9ao2Nv+Vi7ohMekhIq4Ho1x+sAlQjRjlJTwd/1FwflvJiT4L8\n"
    "GSCYb0NQBXsYnyHnddMMu3FvDClxBcChxwJC1355Fri9OP0I/xpTwFbRg/O9RVaukGvMqqulpN2BWDL+05Sxl3HGTsLEjgTk\n"
    "OTfm12cqynhNRJN9cdcXKwDWGQYzTuvp2F0F1qeZEQY9oyxBDmIg/b0+sSclOT9SPvBknyLZx0k+FQCwCiLZeuLMct8ALrZr\n"
    "C1lRgKC7T3J7xk+9uOJgvtEaTN/15+7tvxIMHgKnrh3qN5xnuVIFngtWU72dzP+CCFevXFPYAwzGAmT1F3BjJtE/fZMz+4Lx\n"
    "CQdVMD1AmzZ7uXse4fmWRuAVUOBgJXbwbjQwqfD8croiIhZfm2NDsoS/lsDvdkgnguzKMmgbzUC/JsiX2jXE9nl3eCr+TfjE\n"
    "OvUOSIDFMj294nnrXOxZHH+euCvsXgEpX/Hg/UZC6RlrPa8CIufajKuf8aVM1Mt8vfGg57SoemQE+QGqBRU+1GhMgX8wVhSU\n"
    "CPxGu0MQ73hiJzVeA9cbn8gd/XyZd/ZCyKd6Ij5YNligTYxRbWbUlUeGYxAaMCGa+GbemCz6fGNLrzMcm5NhbP4mFZ4f03N7\n"
    "q2Tje//p3nGcdt2iMAOMIzndpP5I8AYbZvlm1I5vV/DeIvBKP/XJQFzi2LK6kavjoaqQ6+nrtzGu1dUffotjwPafz8tPfBo4\n"
    "O5zLqFRZ9KBUKUDdaF913egxQI63bSv7TDZ6WPhPyTKHLZK6/D+XKEFz6MQsC81OBgaCeEldEBaJXocdo0wNFw8lMlBddOKk\n"
    "6NZPEh30cXh4zIfDabsVnwG0HepOUZ3Cn1oDRioLyrfokOwjpbMD0OpDGByhRL3QE3zopNLdTfoJpUtD8HInkrATDLWCiW60\n"
    "ekXkJANrfjLRmYeGB5GHMHtMRzvpumOmw2AdBx1kEVOCzQ4mmLkorwLTlcJOnJrB+4sUMQ4nQvoR4QGC46WuL/IG/+aMRzlH\n"
    "0TidCWyYQNJfb6j1k+WnuiRReUKU780LcaxD0Zlck4e87MZcR3OYuZfm0YyKuI1y+z4O3a6Uryuip7MjsEOLORG+RUaCqwxE\n"
    "ooNFLaxoLrg87HlaORtm9M2yUovALdDfC2vgOklEG8SfPVL8fEO0HJmXLk8K0OeIvWItrd5AvPKT4wZVfNibAWRbsYYvWjrw\n"
    "rpoVosjNKD/7AhHVZZrLLEcKrkr2n/jDQ7s/m1JaWOfZn6S3b0xdFJfvPp9iOqwFVlgtLHubxCKipbeoTzRAv6kWNnPe1U3t\n"
    "Sc3t0ok+IA1V2VF8RmQWJ6uqgTlEytJiQn0qiy8oRJNe7L/gtq1LXveSp99eXyzlkzGR4rjmYDN92ZD/r2BkVnosRp0DgjK8\n"
    "l+ekgAtHxJM9zEMi3c8cdHk6I/TJaS3TxBN9p55bNxGFuqaJIZbdVA5qu0mM8biWXNXjQfH6973h856cmlw6pNj1VMsPIgTM\n"
    "NufUxwEqthAY2lxGhHQGPLyc9CWa1EFj9gpiNKCKkcVau6D+D1D9TxDvkdggFP01Rd8HnaPol/uFGmgup6yz0M+yrh7Yo8Ds\n"
    "/giymB9sFBhj4GhGKaajiE+hXELe8RQCZsKAADBVryKoBBwVURADmOr+STSVfzAHkgSeZlXHaNNK5/eeixsEfpflAL8A45bS\n"
    "Gzpnj8jZRCAehupO6Uci8p/Es8GvRka+S3M6XAeIyNzt6Qm23Qedg94izIu+TJCUhTJ5iotenlPb/9PM7LwvdUKp38F19Jgf\n"
    "ZJ6qB72cVIoEUfgECT3J8mO/s095pGCw5GNbXNUWqyISbEflcYUqRpNUKMX/8zYBEpotEa6aRrnMreF2uWDmsoId+uuaIAgt\n"
    "RawLQ1NM2rA+GTE\n"
    "-----END MEGOLM SESSION DATA-----\n";

/* 1001 zeros under the empty passphrase in one round. */
static const char ALL_REFUSED[] =
    "-----BEGIN MEGOLM SESSION DATA-----\n"
    "AQABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4fAAAAAYE2sEU3eMKdLppqGe2Ot36zXjT5f40bvztM4U6ZmVJCawyL\n"
    "Tn3eTF//h2uCi7ArHvvEqB9Um11EiCXZ0j4FRYYSMDl+1zBwbAF1SUP7BNVgjnjGMwGlrbfhHHCLgrS5oMyWnqphOxlYSsih\n"
    "cPZjR2KSn4rQ6ruxZDIT5zc/h3cNGwG57vf6PvwXbqr4CNfIXT0huVgWjecog8IEAjRI+aMKNu2Zn4c7J48pKW1U1A8RXJBk\n"
    "nxu1KiYeJvaVTkXAP1BKau6TdneoPnOCFkL+ORs6t2z07hmKpdXX97JzmEI7DGoeeyyDZEsuA2bb10PGYyxJGlsTyz0C6b9r\n"
    "SY8oLM/vuVQedTPABvvRQuZVj/D4KSwLMlONREuIX3lWqkbkQJYQ7DdzjJOLmupv7f48wyFt2sWdFcwK94GYpC6/N2mUTbqt\n"
    "FE8yjUZJSoiDQHNYlLhMpqWN7IeQ8YVQ5iAIuY1qkqy5B+gTzLsV+aUg6Gur/C88QQJxDeK6c9Ks024qjB734mJxXa+A44Iv\n"
    "0ghjX0SKqOfKD4EVFIM18fYu8lhharvDtZxZXIjgz+QU66b1XWyh8ueO8+0VBt8xbMCDBV9MuZW8ShG9i/9Xp5WM//gvpqxz\n"
    "GXK43sVtMIGlfdcZb4Y5pZxCdyDPaKdzlmprLTZ/ePZsiDPrEDhLK5GZJZu5Yfkg52mOOQAksu8zKKIBJJnfCNfHrT4xXZFv\n"
    "pJYkrOu6FColDOG6n1cWRV3CIWKgHn1Y3m6tAT0GYLx35maSvfDYvjdG3PCxyYSXZU7GPF3gwRPoqH/m97NfRlyaMA95+VBj\n"
    "2UWsjJTrBzr4UNNNi5t9Rtd1D+vTxMIrKwQ2NbPSzA6LrWjklxyVPbl0UIUvwp5ifmGtiBij3VG1iXgB3Fx46eiUAp8yaicd\n"
    "ivTFGfTQHq4HUszXkVSmTQrq/BI8zWZchwGzEDvyJSiIhqHxj49JgdQwp8ivxSrnKHguEb7ru+YHBJsFJaYPoiykyUW6SQOe\n"
    "6Jjc6Pw/T1p0tu13ga+UNZviob/bJSN1esRfcLb5FxdvKFUh0XHNZyKbtZ/ZHKEbTKmf7SRxXQcZslqfIK8P7qMDteI18112\n"
    "5roNnRQAgwbO1DJ4uYgRO41Wez4ErqHSMZor5l3hqpwkpE2NYcnsu/C5P+gUnVVtRChuc6bloSmnK9jiMdtwTB2pPY4cufma\n"
    "RTLwn0kn8/jl33b0ZhPsHzf/GHJ1r6SfJayCs033yMdhFJanvaMbdEJ3825Ys5XJ8GX65QWhpgZE5iLAW4XVVtu9lwL6Ynn9\n"
    "8QWRHPX85O0HWgkyNiZIFfzfL422y/pkCHE00cWrxJ5UDsJATc6a/rBtNlPsQ+tsEn2fijApyv2IR6RG+yBaCwvVMT9FJ+ns\n"
    "S85C4b9/Kzvlf4w46gyOz/M8UmzCU4fC3ETUt3qKFhzqx+e/MpoZS9qe+rfU0CLJnn8spreJ8fx+BvX2oie6HUmmMJMjFT7V\n"
    "Q9S867sp1GY7vpinZXVHeaeHaV2gzwtBdGJ1Yn0tRdMD+xBtKgOh5aD9Qv7RhV0TAsCd9kSEzKPAv9LTPvaiqLlWbyX2RHyM\n"
    "YBQVyLW5tKzDyohUKrhWEk2xcWZAaits1gC030jWJEaWInwxendtOvI+5X5Pq23irMm7neGcJyg8KnJ6hp6CpDS42cUqQhX8\n"
    "h18WNY5gYzLaJUalG/0ueFbp0Kgbyn1e2oPPlCs1WKN6bbfzJDfbIyEY/rrykeCo1pPTX4tf5C3lob5/8lbLqwGvybb5nrPx\n"
    "UBLZS6h/4AS6/WD3AvMsLn21WL9eFlwu8CUpPKCGJdg5k5l/Ng9e+EeOO8Cvl4AnAGpqmlaUH6vVLSROMnnPqZx6CKfnMzkH\n"
    "z9q0vgNINNgI6V1uWpNnON87A/LtEUTTQatVaaveyfH2L666MxYvU8B8uZxqXrbJka8MhxQpWGeeEAtv1+z5zBTnY3TiTuZl\n"
    "pV5YIQK6DZyLs90XYzT/51zSU7SCvbwKzzxj9vK8LrxbZ1m+piAORWfV31b2BGpi5e7zEcG+usuvPAb8IQwuNnin6TYxZdQY\n"
    "l0IZgK+FBk/wl9caavzFlJ7oGKawiVbpk00Gp+nFy4wlJsaPuQ0GeXC5H30HBnzbF+Ah7K+vYhv1EW+8wlmstZrDJdZq37HZ\n"
    "tpCSr0rTiQdCqooFn0my4qXTQWjoJCje1BrLnpkUMkxy4b0vIDeUb8QBMjDmkV6brQUOBUMbFdvohnMIVKdbvN2aOGRVCxDK\n"
    "ej5lPWWQPwl4S2U/0WMfPW3IFtodRk0h5SilL36NEnX1WnIUm2Ve3yv0L/F/Xe0MMa8c4zUCoHcKUNFvy+WQr7Q0vi1RQZcO\n"
    "uZSGgzgw8QewPGr0osMIL9HaCtYsx/Tv8DHfJ1Le8/xYhHJVVuA0qOueAXgUmYKRAjqrXBBVv89xvfCwjxToqMMxd01/TGJI\n"
    "Fw7G0u28UoZXMp6rZQQDN3jkIbWZus02QJh03vT/mJKbR7MQcwdA0OqmJmXsW0LymfoQQcdJ4bLuNkXvesC8iR4SrflOxfRN\n"
    "2ofGSj6C7lubsxjhGWuJwhNiAazvA9FwU8N/KFju3oeRIbmjsGGiyk2rZUISD7gWVzFimth9wp6LemnzR+QYGUQeSyHbEBUS\n"
    "r4sh9vVUAuFnuMuG8T7fGRetQr14+56CTpC+oHmUPOpYlkfCe2+4JYDPeQ8vapZAwyUMRTsRY3M\n"
    "-----END MEGOLM SESSION DATA-----\n";

/* FULL in !room:example.org and BARE in !other:example.org, under the passphrase "correct horse" in 100000 rounds. */
static const char SEALED[] =
    "-----BEGIN MEGOLM SESSION DATA-----\n"
    "AQABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4fAAGGoGNzV4ztUSeoZ0xuYJvnvhG16B1MuYLu39exUFTQ8fILVcKr\n"
    "wq5VS3I+7FlcJ4pJYAAZpeKXs3S0ebpqfbRM1EXGJ/TpcAvJlPnDlvB/cdyUA+wbcdeK8cWTvRrPkhhRG26W+k+bNZdkzLDN\n"
    "JqZ7oes7bG0e9vSQ0ylUaxSsIjhg4fn8nWNR6NzU/uwrqHvuru338aYV/U+03jHgHfCRTE9DhR2AYGpF4PWmZ2qzQEsFrbcD\n"
    "cQ/whYw0OsXfCa3IL1ENljlJJMq5cDlLPOYOVQ5g7bG6g1NtZWZzun7Uyn5hBkw4CCHNBvO5qPEXYc97IVfcz6rJOHRkf9K1\n"
    "pCzILt/jrG3ZvIJZEWR1yZa8vo7kLYExmA2s+dZarNswtrDZ62ug2gWGSSnB/eP+TJbvjiWisWIsqyxAdlDNktPhEE48tAzz\n"
    "dZ7OfRShO3QVXmSWp4Sc44hz4rF4xCODzjPZV6E9GfcCo+0IW7wIRmdy7GB/tF3nZ7t4KrjqQgToXyONRgLXvuZkzon+8RXb\n"
    "dCfzTDPE4qvVmhgLqIaNtwcuRerMJvK9N8SKnrTX51q0WXNFpB0LD1wyHTboRx7eyLsysUjIHu0Mg3v+031QHEALN1ygjlrN\n"
    "OGKCP84o4jFt6ZekCdvD1LnN7Xeh4JoDt9c9EKWjTB8epamtjXAHfSyXHs3w+Ip6UdNwXJ67PyDQK5fOK7mQQs2EEWFUXLrb\n"
    "YQqLw0+ae3vERRAftWw0r0T3SIECSDu9Pa33qJ0LBTwMXHBqoCkqZegmMBCwRqIvB03glc3cLrzAXThOpLvCDFbDMazOu8xB\n"
    "HeulAhHDP2j/6hana/z8P8za79W5KV4lOXo27Yub1f2Q2w3KCrrY2OwK+dZ5HhGahyU4F7RgSF/YOms5yl4NL7tQYqizDA4/\n"
    "DT14KQZ0XJtuSgI4WJREaVrS2meHITSazt1v6ibgx/rQxH3ZOkoXduNQnl2uF2+hnzO/qqlYGnu1jNxqgxV0HWfVOQ/xkWTF\n"
    "qA0LQQHX9yqOwAgDXfhCzCZ9asaRkICVBUJR++1tdPSXRUk11mmkUdMJJetEQa3twJtC6P54UpiWvE4wyTw5NrhR/mnJkabo\n"
    "1Hz0kEXt29CWRLixbSv+ZR898B6XIZFV1yOOZ/bPZ/SFEiVErMUtt0fLAVExcmDylnQgsgn4/K/dD/PVBvGEt3SlG0vQulHH\n"
    "yyH1nj0jLrX4x7fyvWjJiWNysoL4+4zrffibxhxFQcYXzK0nYvHyKmvJ/HYovLkMuAUjBDYkSRho37Qa29p6XSZ7MCnzFglz\n"
    "Mo0fP4f+/ke7mkxmrQm4wgkF89S0Z4O4tVVY2UAtqK8bCKgJjjTj+T2g8p2HHQs93PxlXKYYpbFTRCVlM2mVP/+xGoLDqE0P\n"
    "eh/j8Fi7zB1HKaSgpgQve+UeD+LP+w1uMAtzjkZCaq1h+I1rj+GofW5gxzrSEc2k2dMjXQZbH5RhZuCSvLeqFRZY2MVj58nI\n"
    "IL5/zchfuM3hP/QBN2Zz7EAWYtHZ/54YYVTx08Kjzif52bPxn1Vwf3TmXDbiOfI3VJSdIdkrQ3ZSeTBzC7T4hSH+6q23GTYh\n"
    "YU2lMItrUIydvExPp7Ta+W5efQh6TE7XADvBJpeikIE4Cp8IMZ/d7o9XZg\n"
    "-----END MEGOLM SESSION DATA-----\n";

/* An empty list under the empty passphrase in one round; then its content is an object, its rounds are 0, its version is 2, its end is missing. */
static const char EMPTY[] =
    "-----BEGIN MEGOLM SESSION DATA-----\n"
    "AQABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4fAAAAAYFbMdBqW4sZqDh/CrZc4lcsYKe02t36R94eh/W/VklnNdw\n"
    "-----END MEGOLM SESSION DATA-----\n";
static const char NO_LIST[] =
    "-----BEGIN MEGOLM SESSION DATA-----\n"
    "AQABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4fAAAAAaF7UMoJYzNCIfjxUAOcerYZUFaagNAmrOhng+ZitFpQ3Og\n"
    "-----END MEGOLM SESSION DATA-----\n";
static const char NO_ROUNDS[] =
    "-----BEGIN MEGOLM SESSION DATA-----\n"
    "AQABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4fAAAAAIFbMdBqW4sZqDh/CrZc4lcsYKe02t36R94eh/W/VklnNdw\n"
    "-----END MEGOLM SESSION DATA-----\n";
static const char NEXT_VERSION[] =
    "-----BEGIN MEGOLM SESSION DATA-----\n"
    "AgABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4fAAAAAYFbMdBqW4sZqDh/CrZc4lcsYKe02t36R94eh/W/VklnNdw\n"
    "-----END MEGOLM SESSION DATA-----\n";
static const char CUT_OFF[] =
    "-----BEGIN MEGOLM SESSION DATA-----\n"
    "AQABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4fAAAAAYFbMdBqW4sZqDh/CrZc4lcsYKe02t36R94eh/W/Vkk\n"
    "-----END MEGOLM SESSION DATA-----\n";

/* A list with white space, whose IV ends with a counter of 2^64 - 1. */
static const char COUNTER_AT_END[] =
    "-----BEGIN MEGOLM SESSION DATA-----\n"
    "AQABAgMEBQYHCAkKCwwNDg8REREREREREf//////////AAAAASi57WE4fkWrrWRAGsevGf40rxFbJ3KKZMt1Bs7iylkYvUe6\n"
    "O7448xZ7Je4fGOMuMgr0F+EhVRV5zwosGEkKWjJjDKu+DJc155Jx\n"
    "-----END MEGOLM SESSION DATA-----\n";

#endif

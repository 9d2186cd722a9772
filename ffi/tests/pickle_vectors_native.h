/*
 * Native pickles in base64, from test-vectors/pickle/native.json, each named there as it is here: first without encryption, then
 * encrypted under NATIVE_KEY in NATIVE_CONTEXT with NATIVE_SALT.
 */
#ifndef PICKLE_VECTORS_NATIVE_H
#define PICKLE_VECTORS_NATIVE_H

#define NATIVE_KEY "thirty-two bytes of a pickle key"
#define NATIVE_CONTEXT "@amelie:example.org|LAPTOP"
#define NATIVE_SALT "thirty-two bytes of a fixed salt"

/* account: a one-time key */
static const char ACCOUNT[] =
    "Y2xpcXVldHUBAQBECtrxUi8m49mB0RTBNwkMa/Yn67Fjtcu0Scc/llmgA6rYx58Lc/3gbYkcULyPyblQnKn45MA8p56SGzgnfQApi1J/toqmsB"
    "lZCwlIeRYrc377CP8TQSGRzUZH2XquwNcgwDnnLkuwcv4bkNUvTVmVP2M65LSATjZZkuXlSpPBaAGIJwEBAPjINLH1INe2UvwZfhdb4GEUuNq2"
    "Na6U2ERoh4GJb6a2rVGudW6PeFb5O53ktmKF2X+UdFqICTs9FIbXmnKThkcA";

/* The same, encrypted. */
static const char ACCOUNT_SEALED[] =
    "Y2xpcXVldHMBAXRoaXJ0eS10d28gYnl0ZXMgb2YgYSBmaXhlZCBzYWx0WLHCZGcWx8eYGv+63ZkKpUMtkH2qFE36Z2f82TDSe3TKbiK9MtRoV6"
    "N4p0pk7E6IVAiDVn3bSg4+mLP614k5+Y+eKryL+5dAyGZ+jRamBZrHYYDUjOxgRcD/pRGmCdC4YkWitppQJWhh/8HdecuLZ8Az3Mo1klDPn/7d"
    "9QmmDDNnejlQNVftW+ZxjCbRowgtcn5TE+3f6B1DBDpRTX38d1vHHrmlYwtiM4YZcij5qhPpirwna/xaKczoBLWe690EgyFjqyUstdFZ6f+RvO"
    "ot2QuqMudYIQn/GCYG39GY9OZmRwICdNs2Rqi23vPeXLT2";

/* account: eight one-time keys, five of them published, two fallback keys, room for 150 */
static const char ACCOUNT_FALLBACK_KEYS[] =
    "Y2xpcXVldHUBAQBNmf7opufPeWg27xdyrkc7uCVG1OSdgwHHuT65ZYQEmnRYCT5YvCA3PP2oBf1Js7SNpVSi5sH7QrIv2PDYWT3Npoff9NVTcx"
    "hQWcAFETX5B+iqGbY3Oe0KGTUgh+OXLeNUSJ5HjNJj/JjuP8g4bcN2IRgMNBjzfUY2lUEqzARLGgqWAQgBAZwvg5FZren8SiEb/1atGe7C/DrI"
    "2f2ZatWlT7sT1HA5cAyETTa/rXbcGr1sKEIlYEiYLFBLwrZHRYau9ke1HCICAQb0/xaHp2hsufGQ+ipH7xbly5kbEAyL3oN/IAsSTwmKXQ1/ti"
    "cMlU3IjRvqUOt2BFfjykJHniXtRi5iLAJ7hlADAdc0xkHoOKbTcLnV8XF3CR+FHBPudK1KPAgSSfitKZCeRTjqaMoYhFOdwcVtnQuO5v62wryX"
    "XKTcBvJ13MVieCwEAU49ZEUakEUYY8L76VbFwfSFVTig18rAWPfqm9Bok/5iIGtkm30VD5MjM05rQ2igv/EuNOP2jpfXzlwCTdru43kFAYFxHp"
    "DE9TUQXBLsLU5+XTfTKT1LyPNci9DySBo9/LHJcSvxPqCFuu1ncA8hZQoe5MsfQMTI3vUd/st+OmNulXYHAC+K/EMHg+IM6ds6EhVjM8B3lUWj"
    "rltKW3UVYOj/W421CM4+LvZbaOpWhms/SWu59tR0WMf7hZw07vvCe1gr5wwIAOPuiZKMdztT5uKnYKMIPxP5TRjYrJD/7Tu2L25I1ctuueq2qQ"
    "JSiPhVz1SOnaLsNFsDVpV7Jmv2u13e7WLivAwJAPDF8EAEwvzB+hcLRiNwAXjC/HIdGaVazSyyc+hb9q7ATz7ihMG5M6jJea3QL6EdUTH9sYiA"
    "098/FNtk/dU6vWYCCgCRHmf3shGPzksyCdn9GOOWPrnMttJTVIouku8NaGEOg9hbxCOuVpFfk+KM6uQdjuFzS/KKuZooL+u533u6KGhnBgErE+"
    "W0IkojxrlDG2psduRkCeVk1Mk3TJSkHyc35KPOaI6QLng69w0GTJSBavrD1IWQbCvx3ABJNyN4wGQ3J48z";

/* The same, encrypted. */
static const char ACCOUNT_FALLBACK_KEYS_SEALED[] =
    "Y2xpcXVldHMBAXRoaXJ0eS10d28gYnl0ZXMgb2YgYSBmaXhlZCBzYWx0hioFr6/32YfS2He6lmTiGXFYRdPyZ6LNbM3TvNDmCINXi/liodAOqX"
    "1obeky5wSwVrN1EjNCV9iUtsgknqyzhOL89SZBhDk2s+V7o485AZQPqbIYt6OchoT9xfLthLrgpwGb/B1mhho/2PgRYLtDLLkBE0xggLZZERKf"
    "t7pNhgdQpAQZIw9wC/O7pnL2K/PYMGIrijpLyvNcCRS9kzu+muUU/hGQkeWNCj0msKlCM8Igc25jieqUdii3BzP1+JAj+K1oKnGkvR+H12VkzS"
    "Ue3LdQaAKoUbRcDHd38PvCqHz6v7AKSJIgsQVqor4Ek5IH2vQHs+yRJadTBNay8nO21l26A5Ws5hWyZpOMdNndQtPG513TiKeRXw3OhMIojPJt"
    "Ga3ft/XWbZuCFY3HZWC7wFtS8sNuAhphmaOid2QnCo1svybJerK4KW32ByOfbXjTWJHrHLE6NAGArukx2ZONr5prBhAaFoZdPvA4t5++PDHVhH"
    "R7LbcUqSP6hx06UkautB9OY/5GmBOyBdzczeu6UAOvX2K/1zHA2YTmrKroy+T2EEZVvt5onvkMXc0KH1ffBX1qIC/gd5vZjn/y6llv/Hg/aGty"
    "KWlXY/o8y9gXFVy1VOf9X0c1dLA2QBQRr3FAhcXhAelFmhxE5TrxoKegrHNISATbx2S39/TB9s3YarDK6ye5qDkOv72DH1riVLMKTm/48G0AS8"
    "RGBnx1UQFfh/oYeyGY+A0P5E1feVBEi4GtCcZldCxuoTMPpenvQUXRgGsYYC/HnQdoQIWwE1JEJI3W9TT3s0FWCxfGPPLlsmnNaQW6G/k6iP4P"
    "To3ruVMRB464cjFxUV0g96ERlNL92Y2HWOMxEiKAfLvuOmcp96caBGscN5KXaWeqKtvPdsFMrYNzIOefXh267lrRThDRtT46NxN29oVIN0VPFL"
    "fcm1FtyS0FMogpzlhKWq6AZQcnPjFU37KJK8XTjDWuFL2LCZIjoXsZQ1CVyaQYmzixcWB2pBzoizfm8gDgusPkwDHCpM0+tRqXgc6B1radY1LZ"
    "OHFRPsLPjXSl9yqVOHxl09vYeUBgPrrBc5q6GbJWjkb3YhGgijiuW0vicnYBaSh2PQ";

/* account: an expanded signing key, a fallback key */
static const char ACCOUNT_EXPANDED[] =
    "Y2xpcXVldHUBAQH4////////////////////////////////////////f///////////////////////////////////////////Eummi3P9Wq"
    "zbyvPojEb+puvtsaqE7tGELwf47atl46f+/v7+/v7+/v7+/v7+/v7+/v7+/v7+/v7+/v7+/v7+/oI/+lCC2M1D7/Qq85Qj3Rj6kkXHEensOLhj"
    "gBSQRHoGAYgnAAEBAAPeueeleAHYT/AYuYfnMkJbfX4DHTaOnWZu+H+vOwfwsDERmBntgozqIN2qlP/1XlzPB0H3WMNzuUQXHbuXyxY";

/* The same, encrypted. */
static const char ACCOUNT_EXPANDED_SEALED[] =
    "Y2xpcXVldHMBAXRoaXJ0eS10d28gYnl0ZXMgb2YgYSBmaXhlZCBzYWx0FEA1EI7Y1C1BT0yWpE/pm0qlcXQZJoLMDNt/NcCemF4QFeftdZeqoS"
    "POo7xcv6vXhI5ASfMbjz/tPffEFLv0tavqrMYSN/tVQR06XdNib/8QYpyqqsaNzpFQs8nZi+8q5xX20dv8ZRU+3pVIhj/b7aQqv7mZp1I2UDNr"
    "v0H9Eiy83UobhN6MDSpgCzV1bnLC0BeViGQd6kDuIYgOg4EMsSHIWSiPmlov3yd8bV6KR+A2Oi3cHYDuxOg+uYM3nL0s5KxMtp8JZ8PfQfkJne"
    "C27i/okfa/he/+lelG82WvnNRG1A2vCswO3QAnK7zI3sN/guiJoAjgYrLQ2D3gqM2LhEfRe+vNU9ylWUD9XIBMrkM";

/* session: V1, outbound, a message sent */
static const char SESSION_OUTBOUND[] =
    "Y2xpcXVldHUBAgMorAIG0A8ALj+xOgbyb+i73wgGHTKAwrQEFbIAeELvfjf/oB4CP1K2TkV05YHA7XVvbo8hJf9zW7gbyZTJIBv+5dfUdCyBYI"
    "qz7BL+2tdwn/5vK8net6Hx77qg0+BhG7Y0PZzMOfAnI6YSEDQMaTMnhKTjy5iA5dltJ9DJQSC+45fbhLihif0By7xs+uS+is3uNWGo3xCu9j4l"
    "qNvDN4rq/vNR4qeT3uyt3PAHZl7XZZVj3vSRJGKXKE2Fc+1sFF48HctqBq5HYdg0mt74Why8qQesW2of2ANsLk2s3WaNvoOwDfp0Trt8AQAA";

/* The same, encrypted. */
static const char SESSION_OUTBOUND_SEALED[] =
    "Y2xpcXVldHMBAnRoaXJ0eS10d28gYnl0ZXMgb2YgYSBmaXhlZCBzYWx0V/VMs3fQgjue2pQeYw7KxP3eyhlQLGfnLtxTCwfm+5v5Dsdpso8c80"
    "aynb7R0wFdF9T0RHO62MLRTLTscPqVMLGw0vckALwQB4+r4evJFOQEUzrJ4iVArLg25f8oO0cUFSg80YDG1PCk7Mvq/QIHFtvkeYS6rAj60Sjv"
    "uK2gGM0CoAU7rKIWtjOV68OTfLXqRdItIP+j4eicV/Um0B0S5LsuJyY4KhRiL6Rr6IdJlk/5kOkpi5NwmIN9NdLX9XIpBA1IF5Bn/7VAcM0B8G"
    "gEI6aJIgh9QGmkwgZzhqAMQCIlrXKDAE12S68PbgvOsn4l0nzLxQ94w9BsYWOGqLuoTf/8+eGoSrUyLsyS9FdgiJU";

/* session: V1, inbound, a message read */
static const char SESSION_INBOUND[] =
    "Y2xpcXVldHUBAgMorAIG0A8BLj+xOgbyb+i73wgGHTKAwrQEFbIAeELvfjf/oB4CP1K2TkV05YHA7XVvbo8hJf9zW7gbyZTJIBv+5dfUdCyBYI"
    "qz7BL+2tdwn/5vK8net6Hx77qg0+BhG7Y0PZzMOfAnI6YSEDQMaTMnhKTjy5iA5dltJ9DJQSC+45fbhLihif0AAa3c8AdmXtdllWPe9JEkYpco"
    "TYVz7WwUXjwdy2oGrkdh2DSa3vhaHLypB6xbah/YA2wuTazdZo2+g7AN+nROu3wBAAA";

/* The same, encrypted. */
static const char SESSION_INBOUND_SEALED[] =
    "Y2xpcXVldHMBAnRoaXJ0eS10d28gYnl0ZXMgb2YgYSBmaXhlZCBzYWx08dh1osKMT+wTFTPe5DaJNi/pXCUElFxKmYqxCQ6qaQGNXVuaMSEUWF"
    "LceKT3sheiuAm7587jNO9VQ7p+/z3fIchoYK/AlOnRRmIXSB9qVYoa7V4iWDzwKxesdQ8/V8jtD5o25V0BshXokh7MGJ+gupQlMXNky72N2BaW"
    "IQY4NaxstaSWeZsLPmamGI502CYbeLlCZBfRPXtQvrklEKyqtnwRJVEiqMNoiUrbc7vwOga7zNhBe1PCc2G4NHFb13EWcG5IANox70Zzd5rS5k"
    "ssrWaJ0f4BL+Qky96YHl8XIssfErwXXIhy5o05e42HhlP8";

/* session: V1, four turns, twelve skipped message keys */
static const char SESSION[] =
    "Y2xpcXVldHUBAgMorAIG0A8BLj+xOgbyb+i73wgGHTKAwrQEFbIAeELvfjf/oB4CP1K2TkV05YHA7XVvbo8hJf9zW7gbyZTJIBv+5dfUdCyBYI"
    "qz7BL+2tdwn/5vK8net6Hx77qg0+BhG7Y0PZzMOfAnGn6ssCEcRRt8+IDU1U5XRuw+KAnCpidvUWpQKwz7U0IB82mrPFHZbrFFkWHOvi2u6IkQ"
    "Eb3I+ojSAEy/do3RlcaMULz+1wt4dVqo9xBZ/pNDZF6yI92/IFDvV52cKmeTC4N6IFJAu97cLE3J3PkEKgCFnPQ4/qPC+lz77q4eHHI5AQSxcZ"
    "Q+a203Mbdig8EwOrwmlfNfFG1BcwDqifFiE0PkF47UEHb7xPopUje+YtEhrJmJsnxIX2dN1+7Bbsh2NGsDBAAwi72rANUS3lvE00S1uJ+4S5X7"
    "sgxxtgKhgnJIc3OYCx5I3iLRaNZhCDX7fHsl+YtnWKsyqcoBHqLWpCmBoLnbBABFZ8HEhyE4GyKIUUaFaHHAVdtl0zw1JRZg8w914ZVLEQlE4k"
    "8Q50pFK0FA9/s3jLppzGzxEgfgL5Q9lsoeThg3BABKz96KdyVqG7vZDa2oXztqkokW82HHjrr1X0SaDyYjd5QKu92/a7VNMJsxN2V5lTC5+YLX"
    "7xKrsVFKiU2Rp7kbBAAMBADkz+gy/6ZjM9WGHt9Zm/5/FjjLeNk2YnWQ69UKxDKPsQQBoW2B4sJZiHPrYWTqL1XvuMgGKer3q4TNps2AayMB8x"
    "oEAmNcPfDXRfX0on7meCL8EpMC4KEfeOw1/EcdM4FArVg6AwBFapyyYDgjT9E6iMSpAbasxSqchgxcKZ+q0Ugiis8RWQMBMm3/WGvnJIhPdf7P"
    "OckQcMB2Jp5xFXI9EnE6eR+0/McDAgs61goGubLqJkJtvKJX9zadpryqBj7eu63PWEpwdOZhAgA2JYxNHA01NgfSI78aZkyddmzW1+VWJ/w/V4"
    "nhkmqqNwIBjtRFTGSSoq7PT/C9fesi31DUAH/DLdhXFup3DZwH+XcCAvU5qiS2ADS7UhBEiQylzfeBnx/yfgLvzHeB26al5+GIAQBmxm7Fl3lz"
    "au8ZNdurTrUCi2eyEIBmfuJcDWh2tP35iQEBhlaMxfW4nhkW7PXtPYwGghTKvzXl+v84iHir97zJ88QBAt+atwTeBEp+g4cAl6GDYAYCiSyZVg"
    "+ox2W0L2+kncgW";

/* The same, encrypted. */
static const char SESSION_SEALED[] =
    "Y2xpcXVldHMBAnRoaXJ0eS10d28gYnl0ZXMgb2YgYSBmaXhlZCBzYWx08dh1osKMT+wTFTPe5DaJNi/pXCUElFxKmYqxCQ6qaQGNXVuaMSEUWF"
    "LceKT3sheiuAm7587jNO9VQ7p+/z3fIchoYK/AlOnRRmIXSB9qVYoa7V4iWDzwKxesdQ8/V8jtBOnm41bIW95SJcXOK1Hl6P0fwdxSvcjb5RTp"
    "YNsd0SoekBbZ61miiD6DYFLt2Tk6qBdwBLd0aFUQxWvLfQTIUSg10Nn5NgeR8fXgL8G4WEyTqVC2oSEgwoqW0MF2yFkuppWL3ehKVANjEYKKPn"
    "H9HKUGZXKDaOh19pdiDRRw+9Mwu1z8ySylVsjqd+INFCZlBnfxWHErvFC+sHZtL1MVlCLcwqWx8dCy5/OTSvqbh5MrVbZqFivA1otsVHEqNZTw"
    "ui9HtO9c1s1S4FB+iwhsR6VI3mZl9UXLJY6BlB8CBq2uwCanCG0vFK0dw9PRNnshHMjjBd/heXHU3S6Z+/YWyQSH+38r8PKjMDFCc0QEHvDqsj"
    "SydunUZPhj9XkKU2E7xPRyrqDDz/iWVbrEvU3UV8jyZqjpLANEXAmxSBTTaLN41HTC+PvlmJakpYy0D1ktYnNwMZbL8VTRTV1U7VxPp40mi5tJ"
    "aEleCRLQrkb4zfaND1ccU76GBGb7/QwxXwGMN0oDsJZCXdfL3MY8eQX47vuN7qezaRSJnD1dnG5m7g3R/c1lGFzWGBg8hFVtubmaV9I9j7p5w4"
    "vlyNUGuf5SY277OFPmxiOiPmhir2sNq9L0T6AUy5NPg1X6gKC6jCApj2olSUd7Quy0s8/fEbmfDR3xvHWCd1SbNkA4q1WZpW0c3/xx90SvHS0w"
    "5NbLKmDoqmEIHitKl+gibIJRVtNhAQEBIeI4Zvu7vjcw6P3NfIInbMfawmQGTvpXMMP7popxT7OHsru/HmN50vX25GrOQb8YhlftBftSG/Iq3x"
    "h/Q6Q4CtKzOZn9JGfMDXvJNDZqK0WwkXS0poscyfDkiftjZqGQPDcEvIdlMwHLva8ps6WOUAxKcL7P/9Byq0iIh2E7z9YS92VLqasX8zbFEJuS"
    "6F2nmGziHJkaUwIhGt19gK4DTHpCWBb3mlnVE7V0n44ers8jHtFXROPR4EWVXYShdteUPxbV+K5+lnS6l/xU6xOr0I+hYF34N+OImZMZi7hKYV"
    "2Y/4wBaT8A3JseoP2RQKSsvYcLC4FmcFB7cETS0p7X6iscSuVZNhJsT2K+/xgSRulDEviBnRZnniU4qZUE4IgyJDpLjL2CCCMh04hUHps";

/* session: V2, outbound, a message sent */
static const char SESSION_V2[] =
    "Y2xpcXVldHUBAgQorAIG0A8ALj+xOgbyb+i73wgGHTKAwrQEFbIAeELvfjf/oB4CP1K2TkV05YHA7XVvbo8hJf9zW7gbyZTJIBv+5dfUdCyBYI"
    "qz7BL+2tdwn/5vK8net6Hx77qg0+BhG7Y0PZzMOfAnI6YSEDQMaTMnhKTjy5iA5dltJ9DJQSC+45fbhLihif0By7xs+uS+is3uNWGo3xCu9j4l"
    "qNvDN4rq/vNR4qeT3uyt3PAHZl7XZZVj3vSRJGKXKE2Fc+1sFF48HctqBq5HYdg0mt74Why8qQesW2of2ANsLk2s3WaNvoOwDfp0Trt8AQAA";

/* The same, encrypted. */
static const char SESSION_V2_SEALED[] =
    "Y2xpcXVldHMBAnRoaXJ0eS10d28gYnl0ZXMgb2YgYSBmaXhlZCBzYWx0R2SYBwdJjd5j+N3V3WOc5zzqIglhmZj0eDhmza876QBihSesEwD5ol"
    "QEIG8go7HiTbLGHGiBSlNK7ylYW8b9RbitPNCJGy8wMFx0p2UPwzQY7PrXdFHJtKTx/aTcIlyo9HMA32y9fLvchZP0R8rnUxeF6HfRmMBFUhea"
    "v8k4TK4F+hUK8xxRVgoLzW5MYsqwmDx1XBWRZhGzXPoK/sU0PlOSf8Kuip6UNmAQW9og/XUznes7owMXCf7kjNMOxmXGtneRFTx0RD6UXeQVM1"
    "oaJJ+fQ6nrLpGj8TmXfkQzZZwtmhDgfCcpoli2GI+Fmm+b1f1AStLnNHnXZhNXGkBsiLX0f1jM1ECN9ydmwUtp+P8";

/* outbound-group-session: V1, new */
static const char OUTBOUND[] =
    "Y2xpcXVldHUBAwPd8uZFuuDKTaycy9s2GDBOFdDvKC5JyP300OvDVQZWXrR4OHvalCyTrywwNmQ4zguy58T0+mmH46eUi3RL8e7LqXpELP5Fyu"
    "A+vlzL+FqKs5cMZADHB/69gBJIFBllPkgDkpiDmYNCRAqDoP0yzY2660KLyorYkXqb4960zbBo+QAAeUX2tmV2iVicK1zTRlissi3zYrr7Ubzf"
    "1vFEwHxDYpRA64jQHoqUcWVEdtdwPRP5RD2IidCkolrpQubbI6KseQ";

/* The same, encrypted. */
static const char OUTBOUND_SEALED[] =
    "Y2xpcXVldHMBA3RoaXJ0eS10d28gYnl0ZXMgb2YgYSBmaXhlZCBzYWx0gwkBGkk0rTg6IzxRNe2T2bcmpeDml01fpmTdHOo9aktkKv/EL5hU5Q"
    "wEVsUqNMn5fVPHJjiLglJSVG3O+iVXleF+KOj0Hvl3PZ695l1LOag09+9UMNb3Exx3SVrFcle6+YH2JxtxPv7F01YAxEQYevhV3ZOz6tPb/Hb6"
    "aGzmNJIDJ9t1AhwcY+Zpm6lhLgCLdbfEj6obvehoL9j8ByLkvZj9So5ZRqJLp7mXasMtNsn9d2/rySMB+lpSdHXkea7AH1vJwPhz9VDAn+6jsW"
    "f3avDEC/D/lgELEjOclHM8UiahOqmIiRFrnVLqT3tPfI2Q";

/* outbound-group-session: V2, 300 messages sent */
static const char OUTBOUND_V2[] =
    "Y2xpcXVldHUBAwSgLUBh+giXznQvfq9GwXLzbO4eXJMyFb0k6c5lMSO3EVOKlmZg7EYVnKBPV5TmFrhm4V2CqaQAT9l1g3+06O9K8YnZydLq5Z"
    "enaCexklpwO0Im9lLjWkef1YwOrmCOMrukHGigSOaK8Dac5Xx8ew0BjR4R6UqUP5yxDJqA6iwSSawCAJzYjMV8I7EKcHmzObPUZNIpH4IEEVq+"
    "BTD5LtswAROSBGwHgizrhvJqUpfnZCAd5fhPqubHkq5B7TPBrpOggng";

/* The same, encrypted. */
static const char OUTBOUND_V2_SEALED[] =
    "Y2xpcXVldHMBA3RoaXJ0eS10d28gYnl0ZXMgb2YgYSBmaXhlZCBzYWx0royTG1a2LyJ+26BKxGnb14e/YDL1cFEjHtbQ0slnliZGcr8i03qRJs"
    "RXwrOdDjXg1JTLshG03YffFDkCvx88QvQ9XSnoLbhY4o2OGfgylNHfgis/qPkgwuisJ8acyvOYyYKxjioZmGSdQrpuEIkinHdbkPuO+fU+S+pR"
    "8yOjm6c/2V1e2taEAKoGl6eYUG2RpbQmxMfXu7OzMYVoAzQXF+zphZ12/RVsu6TqZK5j3Ws466NW35MPX2MvzRgIHl7W4pK4K39pkYoy8F/F0l"
    "AP7aS2jZLJkK8D1edeNe9/Mv2otPcE2IGD72b/BaIf0QJp";

/* outbound-group-session: V1, an expanded signing key */
static const char OUTBOUND_EXPANDED[] =
    "Y2xpcXVldHUBAwPd8uZFuuDKTaycy9s2GDBOFdDvKC5JyP300OvDVQZWXrR4OHvalCyTrywwNmQ4zguy58T0+mmH46eUi3RL8e7LqXpELP5Fyu"
    "A+vlzL+FqKs5cMZADHB/69gBJIFBllPkgDkpiDmYNCRAqDoP0yzY2660KLyorYkXqb4960zbBo+QABII5OqPKxCwXDcp/F/8vur8RMnHOHjQeO"
    "Q8C4oHkX30l0KdZLRwe4hIJKLoQK/RD8C2Rsbbgg7oz12+1byPlZ3EDriNAeipRxZUR213A9E/lEPYiJ0KSiWulC5tsjoqx5";

/* The same, encrypted. */
static const char OUTBOUND_EXPANDED_SEALED[] =
    "Y2xpcXVldHMBA3RoaXJ0eS10d28gYnl0ZXMgb2YgYSBmaXhlZCBzYWx0gwkBGkk0rTg6IzxRNe2T2bcmpeDml01fpmTdHOo9aktkKv/EL5hU5Q"
    "wEVsUqNMn5fVPHJjiLglJSVG3O+iVXleF+KOj0Hvl3PZ695l1LOag09+9UMNb3Exx3SVrFcle6+YH2JxtxPv7F01YAxEQYevhV3ZOz6tPb/Hb6"
    "aGzmNJIWnZvIXa+m7qnbUNnPO8vRqKxmuoE4fIv8b8/8uA2cbc2/XH2N1G2jpiQBmeQGVpzjFXJYg08qYCegwnXVUQ/a+r0mezWIWxbJJhysSA"
    "PW1FUGM6D6Uzu3zN46MVQ0J/vrj+LMa1dRp7WT/7DuaLTqUpTvm+XEKlBTvFkkDD9HlOCcRbmg83Dmfvx+eiipBTw";

/* inbound-group-session: V1, shared */
static const char INBOUND[] =
    "Y2xpcXVldHUBBAPd8uZFuuDKTaycy9s2GDBOFdDvKC5JyP300OvDVQZWXrR4OHvalCyTrywwNmQ4zguy58T0+mmH46eUi3RL8e7LqXpELP5Fyu"
    "A+vlzL+FqKs5cMZADHB/69gBJIFBllPkgDkpiDmYNCRAqDoP0yzY2660KLyorYkXqb4960zbBo+QBA64jQHoqUcWVEdtdwPRP5RD2IidCkolrp"
    "QubbI6KseQEAAAA";

/* The same, encrypted. */
static const char INBOUND_SEALED[] =
    "Y2xpcXVldHMBBHRoaXJ0eS10d28gYnl0ZXMgb2YgYSBmaXhlZCBzYWx0ExaAfZqd1Ow5hLrPqpsZFAFBkT1gJmbZRbVu0E1zfsaBBIveniILl3"
    "NwBFm8B3UvR+SNos8f3fH7ER9XJAtNUoEHgbFRyAthj939KEVnKzVJCxK0heb5Gg2P+n00SoJhYQCni2iljctsSRx+m8Z8Fu1Kc7Z9JLXDpQkM"
    "fe/CL7ntinAHGA46XBnQmx1uJRpMmIU5s2zpxWYMyml4mT0grZp0h1F+buIuIJTkbvsuYKCB45ITt2S/YGUgiWXx4WD3PkKMnKxT/8mINHLj/A"
    "thQQ";

/* inbound-group-session: V1, a replay guard */
static const char INBOUND_GUARD[] =
    "Y2xpcXVldHUBBAPd8uZFuuDKTaycy9s2GDBOFdDvKC5JyP300OvDVQZWXrR4OHvalCyTrywwNmQ4zguy58T0+mmH46eUi3RL8e7LqXpELP5Fyu"
    "A+vlzL+FqKs5cMZADHB/69gBJIFBllPkgDkpiDmYNCRAqDoP0yzY2660KLyorYkXqb4960zbBo+QBA64jQHoqUcWVEdtdwPRP5RD2IidCkolrp"
    "QubbI6KseQEATQMAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAABAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIBBAQEBA"
    "QEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQ";

/* The same, encrypted. */
static const char INBOUND_GUARD_SEALED[] =
    "Y2xpcXVldHMBBHRoaXJ0eS10d28gYnl0ZXMgb2YgYSBmaXhlZCBzYWx0ExaAfZqd1Ow5hLrPqpsZFAFBkT1gJmbZRbVu0E1zfsaBBIveniILl3"
    "NwBFm8B3UvR+SNos8f3fH7ER9XJAtNUoEHgbFRyAthj939KEVnKzVJCxK0heb5Gg2P+n00SoJhYQCni2iljctsSRx+m8Z8Fu1Kc7Z9JLXDpQkM"
    "fe/CL7ntinAHGA46XBnQmx1uJRpMmIU5s2zpxWYMyml4mT0grZCJmq4tCWsEe7Wgwv6SPVDwwTlV+bK0m4vjoiYlZe4w1uw1E6ijSj0x11sIm0"
    "ctMnlkxlU4/qWUwXzdk3ci+RRjLzowIkJHaZBgbvWEcd6FgaVtCIjqUJFzOLXBrwqJhB9lYEM+NWpt/Ar4yVd6acXZuU6ilxW+NTg6lPBg9+ld"
    "gVSeWKELn+cNTxC1t6XUJw";

/* inbound-group-session: V2, imported at 300 */
static const char INBOUND_V2[] =
    "Y2xpcXVldHUBBASgLUBh+giXznQvfq9GwXLzbO4eXJMyFb0k6c5lMSO3EVOKlmZg7EYVnKBPV5TmFrhm4V2CqaQAT9l1g3+06O9K8YnZydLq5Z"
    "enaCexklpwO0Im9lLjWkef1YwOrmCOMrukHGigSOaK8Dac5Xx8ew0BjR4R6UqUP5yxDJqA6iwSSawCBGwHgizrhvJqUpfnZCAd5fhPqubHkq5B"
    "7TPBrpOggngAAAA";

/* The same, encrypted. */
static const char INBOUND_V2_SEALED[] =
    "Y2xpcXVldHMBBHRoaXJ0eS10d28gYnl0ZXMgb2YgYSBmaXhlZCBzYWx0Os6GMu+sr4vvChtK5Yx+U3Rl4WkvQJzBEn1Zz2mh7uCqlBMhPE1Hca"
    "pAWzLl7oTyLjbbBnoDthyI3Ec/pW+z1T9127YDNsY7h6RLq521qoOWYt9wlLko+vZP+9tBArV2YtKxMaQTG4D0M8ygsUWc8GC5xyqPdYjD/bH3"
    "tL3DIcP2q53WnEfZxehdY839DT8QjSl2VOxeO++v/DFb7w6WKBzfcgbo5uHW4668joMyqiuWDdex0IQ7RxX06Vj6t24PLQKq7LLseb7BwRmaqg"
    "LK6Q";

/* account: a body of no bytes */
static const char SEALED_NOTHING[] =
    "Y2xpcXVldHMBAXRoaXJ0eS10d28gYnl0ZXMgb2YgYSBmaXhlZCBzYWx087HcMHGWR1wivqp+wmhxsu6tvXGPjbvXwRyAOF8h8TwD1GCdcSOzS6"
    "QIJYzEXdjc";

/* account: an Ed25519 public key of another secret key */
static const char SEALED_OTHER_KEY[] =
    "Y2xpcXVldHMBAXRoaXJ0eS10d28gYnl0ZXMgb2YgYSBmaXhlZCBzYWx0SVTMPUVsdJFYcbwInYg5BzdwhPUirTtESe+p/1e3PTbT6x9aA0ez0O"
    "DbjMNobvGcg3YUeogwMnH10c5QCIc66ASL2OVMyQpYpd0T9ELlelLYpZkEuHCub+fPq5tD3vtMxNs9Nt2XvFuvEi0ZxR9qiGePhOTj8nc9G952"
    "3/cvU+FjZhCBpQAjeZfUrGMI19nxWg/PpO2wewdbxbo3NPs3/fgfvNW3NHqf4mMRhUofn1soVsGoLDR+7Jue9DEwj5s2Pvd7flbepqTjwAmSsW"
    "sFB59XD5Vb2RBeoAehlivLdsMoeKkzWnMwPheAQgWX9Xk6h3mbduydYY8ibiDDV/fUJxBdFKqT1hRvf1EW+7FpKmvZmjUgRQqZLkHdxtFRUgKY"
    "hHnJLIPYfXBv6LpaOPxs4w";

#endif

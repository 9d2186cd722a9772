/*
 * Pickles of libolm and vodozemac, and dehydrated devices, in base64, from test-vectors/pickle/ and test-vectors/pk/, each named
 * there as it is here. The key of those of libolm and vodozemac is FOREIGN_KEY, unless another one stands with them.
 */
#ifndef PICKLE_VECTORS_FOREIGN_H
#define PICKLE_VECTORS_FOREIGN_H

#define FOREIGN_KEY "thirty-two bytes of a pickle key"

/* Of libolm. */

/* constant: three one-time keys; the key is "DEFAULT_KEY" */
static const char LIBOLM_ACCOUNT[] =
    "h2UkmAj557O6aXcM5BDwCx/Raqr6W0lXsNWuMN8S1SEIIW3JZNaO/4bjh+uo1pYQGVVfCfp8fYlsdyAD7n6dpzIQKpJKpK+WyiKtHsAd2tQN7I"
    "TLVl4HNJvUnz9GsZ+3I8PCGXmd2/7mGHePXcNzFLMHgU1PVjLJ64bLrtbahf0uZvGALFooGvB1KMEXcDWNohFxdVRkKUUfizzhnZMpeSSyH5aD"
    "fQ5sW/gaK8sUl3XTPVNXReXkgoEWPTAyg/gmDKOkjQrrCP1NThl7bsfyCp21OgYHwc9VOZTL0auiXiGkK9mP4FIRVQqjOzg/brJKO/rz+eSkMP"
    "AVdRX3g9khd+oJFDd6d3Tfynlq1214ijdJjHTeQxfr0HtL7JSgNH9YdoLOAXsAAckNCiv07mNnogZ8n7dSByYOi+wA64MySEk0k6kshzD74Rv+"
    "3PJZ293UF5fiP7aNOHc7dL/VI1YI3tCyqzCuTYV3dVhfqSidhcPUvEqBWIS5fvxOHzd+eu8MSFFa21BSiU0";

/* two fallback keys */
static const char LIBOLM_ACCOUNT_TWO_FALLBACK_KEYS[] =
    "mSJ+YCPMFiFdSraKUMr1FP5xzs9ATqaWZxzo+TR9a5qJQACFnwomwxQDRtI/2BtRhfpdZFVnas+VALVUIbwoo9uNvTLfB2IrPBOgOPmeTwgYB3"
    "nXKhOYwvQvsP+zXmYohVvtcqJj74h6RAsopjyUHmuS63DUlKGnh55FdqkyoOjiKx7woQRg+dOaL4a5GZnfSgVFjLmysN3FV8rUc5Y+U+d7Ct5N"
    "NroPUJ4XBS9iJ0X0unjYAFiOe5JxfiiD9eq/QDpwZD1E+AXUxQkDIDkLBGk0+Lrieb7/dfqqJuTEdZEAQTC/5LXT7ejLvsne5t847KPM10RrM6"
    "2FW0fjfN0zfngxIhdlIKqVbJUJtrn6T6ZMI9ufKmyRt8Founb+nKI/95/+rygV9rSB9AhjiHdb90SFgoXBv8YlgUfVaqDCau1DRnZFv5kgdg";

/* version 1 */
static const char LIBOLM_ACCOUNT_VERSION_1[] =
    "28befQLYvfVDzr8ChP96iKYREJPt3xEKTBNw6vLj/iErpsaLVyWvhsnKQA6sLDe81VALKJMNXZhq8EyERDWLolD6TopY5SnP2M8/h6MXOMPwkH"
    "CUtNCXi9Jc0nl05SenC/7qJtRHY5ScSNwh1QE99IEvKF+eV1Opw5u904Ht+NhaPLgT21jvWjYijoBYaLEjH+ez3mxDMJ70pmRneUtaeV6iWjLm"
    "ZcjT3vqts4rIA0c+JoBJJ36YmMXFhAhwI/WyZjGYeETIfLZYXsLLe7335fJXqHa7voHic4CtVJ4R6u+wMCuZMRmVZDB0ZB3fmk4bC4Ru0Bmdkd"
    "NQuF21tHHHMYAl5HbMIlwhljpPxpjTFqPMQNFp9mu+B3Euj8gBzW/zGewxTR8ew+c";

/* version 0x5 */
static const char LIBOLM_ACCOUNT_VERSION_5[] =
    "69waMqvpuSBM9m8GwcHqqDkbTi9HcBGCAbkXrP8xRp2oJf7iLJs27r5ZDI09TOzgYkZgHw6nG4abbJ/du0wrzTEH5HWHO6tTVDQedMnQxY9OZR"
    "XTwYNZeoJghXtXsbheUZ34OztUU4vjEx8OX0al7HFRTehdObvfMDqF6gpEU6mfG4V3EQu2xUfFF2MzieSwKSq03HGBVDD/QYEl6BxFXa6IBsMP"
    "/SnNU2USJkg/3Fxj8gwnH0cTVyRU1DH+ETC5VA9Q8SHaojPj50HwkRVi7MRM+VBx/ZrG9WRyOzcSPzulGchg+mqR9Gk0xsTISQY7nH9kxqlmDb"
    "3eZjOp8vp/6CjQjYbGFdJpHlouxVRDpgpUy/FRFzEShM24xhdjnGAUAOk/4Y+CplpM4TB1MluztPBeUy0miR6Jooj81bSCPAX9hLLlBk7MM+Zz"
    "FO4Qlh0lXerRVGETYsk2SD/niQM04p9eEqrB3jJPJfsk15wXamintPrdF0HlvN69eu+EMxwPOjJt/xiXpRI";

/* a plaintext without its last byte */
static const char LIBOLM_ACCOUNT_BYTE_LESS[] =
    "loWfKj9DjcwJmGN4caGYAM2LkSwl0vEUux2t7bjg4wPU1YvTdROdTUAKucASR04x1t1IcENL+vpVjihGESw6VMecGrYsqxXWGnydILZgDbSXM0"
    "PZICjwhkhCNuCWnWKCtUYJZfBiDSxJXtJrAILxZrNRMclyH4Apl7WxYbvkEnypbNE6rtrfqeGmJRLhzD0Gd5wlT1UqOim0uMH0pJNQo7puhjuE"
    "xU/ggJ9Jnq+GNho8RtGwrKKnL14MgKF/74sqGsdwzFpCN99+ueDtExLy5L/wc8r9B3HRsRUIA0qM6D+re33lcAZwa9uM1Jw2AEVDfAyDYxSWUU"
    "w4mjGqbmaH65GRWQaW75SdrawnMM53NeVBooST7mbNME2/zDJR3r31G1AXwdM3ZqhSbg2kivbLUOFTy2hDhR0EV3RmAuHpOJxLYCf3PoWFMv70"
    "dKz27w4B5NGJ5L7KM3Kr4IoAr5enWe6scEQ+OsD7bXjZZDOfz5tcM3AhLQj2K5TJqRqBOuHxRVTJsxyxzkM";

/* a plaintext with a byte more */
static const char LIBOLM_ACCOUNT_BYTE_MORE[] =
    "loWfKj9DjcwJmGN4caGYAM2LkSwl0vEUux2t7bjg4wPU1YvTdROdTUAKucASR04x1t1IcENL+vpVjihGESw6VMecGrYsqxXWGnydILZgDbSXM0"
    "PZICjwhkhCNuCWnWKCtUYJZfBiDSxJXtJrAILxZrNRMclyH4Apl7WxYbvkEnypbNE6rtrfqeGmJRLhzD0Gd5wlT1UqOim0uMH0pJNQo7puhjuE"
    "xU/ggJ9Jnq+GNho8RtGwrKKnL14MgKF/74sqGsdwzFpCN99+ueDtExLy5L/wc8r9B3HRsRUIA0qM6D+re33lcAZwa9uM1Jw2AEVDfAyDYxSWUU"
    "w4mjGqbmaH65GRWQaW75SdrawnMM53NeVBooST7mbNME2/zDJR3r31G1AXwdM3ZqhSbg2kivbLUOFTy2hDhR0EV3RmAuHpOJxLYCf3PoWFMv70"
    "dKz27w4B5NGJ5L7KM3Kr4IoAr5enWe6scEQ+OsD7bXjZZDOfz5v6wtG73kJi2YUsnXilQCs0me+b3rNK4s0";

/* an Ed25519 public key of another secret key */
static const char LIBOLM_ACCOUNT_OTHER_KEY[] =
    "PuMSTOUgcGAhRERRK38cLPN/lxThQgKZD5FjFGo4a8x1McO6N7YG13r4MxnKWiaPkCRGbSfcoJifyLEB4cts3ija8C1TO6hWFNa5Qr3Ixtrb9O"
    "FY8FOUQG8ViFMHigrKvixaM2JOGT3c5S45Iu/za+XO5V8k6gt0Ff3Y5OKIsZY7MwJNzt//PZVWVJ6nQMp8nB0hmlpZRQlizSomeZ4Gu5fCUzPC"
    "nsnTZZ4NfHCqpqeh/FQd/BvI18dBW3Usiw3Z6X58h+Xzyn4xAHSo9Bfjo46FXA/3RhY0R8DupuK7m9vv/UhgjRwphX+Z856SNaqs8TrNuGx2Ry"
    "46z+0P6A0cqwp/3QBRF1L/lHCACpg0n05g0aQdVyWVpAe2zn6JnomcJ5MWC/NulycDQaMLQvPOACXGFqtBVgg3MHdAWU55Pl1tNI8YYtlD21nR"
    "2saaliGmGzzCkrIZVnOxiBMpsDr3AlMEu2mamUzCAgYuu8+LaZCfDCvq26tKze2tT/KNENwzJVKMMp5DZ48";

/* three fallback keys */
static const char LIBOLM_ACCOUNT_THREE_FALLBACK_KEYS[] =
    "loWfKj9DjcwJmGN4caGYAM2LkSwl0vEUux2t7bjg4wPU1YvTdROdTUAKucASR04x1t1IcENL+vpVjihGESw6VMecGrYsqxXWGnydILZgDbSXM0"
    "PZICjwhkhCNuCWnWKCtUYJZfBiDSxJXtJrAILxZrNRMclyH4Apl7WxYbvkEnypbNE6rtrfqeGmJRLhzD0Gd5wlT1UqOim0uMH0pJNQo7puhjuE"
    "xU/ggJ9Jnq+GNho8RtGwrKKnL14MgKF/74sqGsdwzFpCN99+ueDtExLy5L/wc8r9B3HRsRUIA0qM6D+re33lcAZwa9uM1Jw2AEVDfAyDYxSWUU"
    "w4mjGqbmaH65GRWQaW75SdrawnMM53NeVBooST7mbNME2/zDJR3r31G1AXwdM3ZqhSbg2kivbLUKoKPJl54IEa2kUPotPP0PbSjiqHhGgWCd7y"
    "iXQ6OfzstftOfkAV7yV6VvQ52lhGoSOh8IyAecwOQOjmL20x/Xyha7sSzrMfs0u4QbnF4UnekAET4uJg5/SNAOFxviGdbyvYJ8e+/Yq1jmPM42"
    "wnGSnWGQxGyGWG09TGl5RHA3ShNFbn5wB7ReeLjY/kcfLh7HTSXUMDLBKNS3QFnZUUuY6OLMajLtu6Y9vS/cl2dsz59998dzug9+SHVoFKb7iS"
    "pOsouat1qCpS0tpPi800Rvr4Hme6s603zrvzD+f4zaI9j2FIWHVo70g";

/* the last key id there is */
static const char LIBOLM_ACCOUNT_LAST_ID[] =
    "5wZD8oAQwP5nlbHLpKupUup44mIa/ejjNEsbKw6nLif9gH5GnxFA1RBg7zgFvX3vABhXODV9CMSY1n+O6m7v9RFuFuo2UQummoa15wcOMAzLpg"
    "VwNqn+C72fvOkFPCvYkfUmbIFZb8ML7SDu/1tuHSUiOcmULNig8bhyyF8kNic/Eh1n7uq5Xen5Gyt/p1ZsII+NsZ9q0LQl/czuHtKS5YWTPG4D"
    "wQaobDTCFvOpJYbk05VOGN4ZAXbKrxYfE/Uf5b0YL/DUnK0C/QpjvRIFXkFFHZ4JhMBvSJMbtr45keggup+9M7LIOv0xaiShMYLQ6j7aCZJXUV"
    "g6jco7mHbm8Krf2F4XjVEpdAJJV4kPwawOt9VMEs5HbErsi1LvHrLD8xF+yRUfugmbKyg3r5TXzBopUpjK/0FOD6vDDMziZm3uPeM6k4vrDSMR"
    "JLSyvV4rQ77ZG75B8ez0iVhvODkfbUmvXvcB9uJSvZcId3WbGPoOujvjP8TM34G+DCnRTezOR8d2G+9g/y2BYazWzGCkBw2M7ht1S8OYgPBbk/"
    "yUAoWAUpmqT0DLm+TTZEIY6pve92KqecqbrWrUL72p/QmaSp7vgnzSI8ja+gha08n8zXPhgWy0XOQSng";

/* three turns, a sending chain */
static const char LIBOLM_SESSION[] =
    "INbgIgPz5upOMms0aBvr9QPOog1ATgPSx68/WbXeZwPYgGKsJ4eoe9FdrBEe4ReyPFrVkd8udb+yFfkEaWN1kI7cXvDaYBRlvjr87yeYgLJMbh"
    "xN8QaBqugWIk0phyVBQvAffmFKNAQTgf2ytMTNukxm6kQ/aV/S5gSv33GIn02Jbz5DEegGx+7ZVtD0aR5pKGGOu2rP4j6kAObWDiYPeTP4u5oq"
    "dRk8xZMFX4fSIQnjw6xAP+RSljNv2pgFNH5EvtUW6KmYBNBpEodqn50Cl1mdcHucGqfe9lbC9+pVkoS/44qXu7lgaJU8Z2aTo/t7KQ/4ZXunmk"
    "ddp6WpOzD5d606ftIXawCZVaaOJMlUmLBUKnKxajBrFAcrhL6DQsqW4IjFCftmxX9Nkh9s6qqfwnz3mwpYZePVYxWa+YKthNLF2MmNE3D9XbmG"
    "S2H8ZZd7vLZEREqPMlmIDQOa5ClLzJ+HrJF7i/ceQWraKrKnqjl19w0ltj863Bd/V9eO73auHXseOJQSQrXO/ULXlqAfSZKB6jdtr/LFGptnup"
    "WbvCgHBNHVrU0BPahXwf3lsfUb4Ln9SsyF1cV+Kb2EoriWhrpsF+MPu8bNAcBBVqDMxdBtLneLwQydOA";

/* outbound: a message sent, none received, under the empty key; the key is "" */
static const char LIBOLM_SESSION_EMPTY_KEY[] =
    "ZDufutV6ZPHqx1a+F8mP6GUJSt7x7mf95iSDSfVhQya/dPkQfDpdVTEmiKCK3k2g4K+DF9cgT5XdPiSMtRRnYq47BOPUf/nSnqikyc/HpEElo9"
    "oCi84zwhK8O0+sCRIGFFZig5KeiF1tMPazUOIN0kDRyUtrFdGCiHulT4LEtAnNjwPtht2YhL2q85F88FFPwLbT9Ix+7TvHNO3tCPwI8t+Gz9xD"
    "WOA5hnKTelfE5Gj9RhvNEnp6Vxfk7+DiCEN0P4d7fedEfuiH1/fVtPELy/VuQETNQqtgX1UmBzj2LK6JnUyIRaDY3wGuMsNxAQCQLZ3n9k+cJc"
    "BAZ5KApvVcxZ8WhJ1B6zdd";

/* a skipped message key */
static const char LIBOLM_SESSION_SKIPPED[] =
    "zFozJ9if9fGxBf02LTGpCt3wy8eqr/UZOLCfDi9yB9XWUIE3uBmKkrJQVoBvb6K0k0BkHkEh4i2mCZ/Q0SuGGTKPbbNUosq19Yfj6wH597NzfP"
    "nUgv4lKqwbQtv/Rg+C31whj43xdo5fhvukbJFOUGSYidGoRTw1SnCisPRyxkYGtQLSeoVMOrQf6RL5mzf12hK96UjL1dOgyHqDv6p1mVvl7aPe"
    "2nXunBht+WMzT2Z4RKpBQn8bjmp4sXYXX7sTfbqfUtyn2PJJUKY5+s/lFKo785qWJN0xBUqn8fj7ILSmizM4gn0u87wYNt2DxyO5QvrkEkCbXh"
    "VZwqSDTjeQrqYDXdytJkjpi/uWWtnTa0A0Dc87bTRpR8RV+Olkd9RW026DX2PIHnc";

/* two sending chains */
static const char LIBOLM_SESSION_TWO_SENDING_CHAINS[] =
    "u2ZITUset7xW67QL/4/81G09bqYW5zC72keb97nQzBasDW3VTbnG2mpMVt7EbszjO2AY24XJi/7SobcTeYtD/xRnwzgLGXhbcd6vhTDfVutoNY"
    "eI0Dww7Ok1SPiKWPh9lorvkWHcSl+F3m7fZ7eT8UE6mWf+UPw2DV+9Ic1Kk+aLjWsUhiE4FdbtablFTbVEHOWYIJn60Qbqb4xIBtDlP83rCfko"
    "/jVV8eh7iJ8AHlvRvDEOxkBgmx8tPR7zfszbrPkLO2rpxG0ESnQZsnYElSJHqT+dv3Uj7QTknjgCzglbMDRBLa2HFZRu6r7tUdm2fLFPnZg3zF"
    "q4AMEsFt9E5YKW2/wWAojmlnoBskyRCkRL6kQQSJ3xD4SrMAWDROiIrAeXkQIlvMa0Nxhe/TGNKleSNaGnrCa6g7sFEH2uvftZbVOJc8ErMeOT"
    "u7YuPFoWbKfpXQG5cwYI3pQDcGhYXXCd/DVS4pO1MVjoCxMIzVWHHmH8pRpRM8NrovE3EfjritfV6588KTUQZ0UHQIzYYLaL3NEyS5izL7jQis"
    "KKro737txI3xZLYWOUbMbiIf5qR32VG75r0s9Z1M/R7ICpX0nDFA4JmNfNRIx7+F2a82phjstMgAuFVDp6Yf62Yuo1uU9HUQXENmrplKGP0x+v"
    "3OMMpzKnPd5DuytbLrodLXE/4E/DigVDhZgBOEKLRr5QevM9hZpv0xl8NpmChBtkisnCNUewKalS3cjsbIjO9sDmwiU9jSFTaKyyUYmLiqg6QB"
    "Fm03BD426mP1V5kx3uYVv74rlZze3x1kNZwYEroXFbuRdv/EZYhgqCUH0fInSwOjhI0FCRmyLbg1qdCxLhSvjm3GK5huJbi7M4gTpO9WStb6N1"
    "Fly+/lzr/MJpfyzynmzqPOwLPHOyKfCftEcSfz/DHb8d40cc2iXYlZ6FnQdw3PkawcOtY3OogszanU67kR1qGY6uJmMfqeu27R8JbiQD02xuVq"
    "VpMU2ADL3w/y3FWZYcdYjfCjHV3hwCom/WJaobzSaiLrQ";

/* no chain at all, nor skipped message keys */
static const char LIBOLM_SESSION_NO_CHAIN[] =
    "u2ZITUset7xW67QL/4/81G09bqYW5zC72keb97nQzBasDW3VTbnG2mpMVt7EbszjO2AY24XJi/7SobcTeYtD/xRnwzgLGXhbcd6vhTDfVutoNY"
    "eI0Dww7Ok1SPiKWPh9lorvkWHcSl+F3m7fZ7eT8UE6mWf+UPw2DV+9Ic1Kk+bbQXQwdaP1NC5DKosENfSlbBijOVkX9CsxPBLOc6bF2j5/S8QB"
    "cq4D";

/* two keys for one message */
static const char LIBOLM_SESSION_TWO_KEYS[] =
    "u2ZITUset7xW67QL/4/81G09bqYW5zC72keb97nQzBasDW3VTbnG2mpMVt7EbszjO2AY24XJi/7SobcTeYtD/xRnwzgLGXhbcd6vhTDfVutoNY"
    "eI0Dww7Ok1SPiKWPh9lorvkWHcSl+F3m7fZ7eT8UE6mWf+UPw2DV+9Ic1Kk+ZqpIyeVj7x2QCwqD96zgOOW7avfnPesLlPY1z8hIMouQ2xL6Md"
    "oz/U8gnSmQAbT00w8pA8wnV7iUjsZCt/7G2Az3h0BqApFMDcgihNO+eXVTW0f8Qd/ujGwH+DNn5aUsTmxSvuhn3mqUMxgPfs5tbOzxD6waR+iZ"
    "wtaMA6H2vHYKJtKfKKLu2GrIN8wZdSURri86Gsd7Lq9sZV+MT54lPS6bw89S/v9eWZuHwQtVeHV2S6gJzhnwTDFLZKVmR3Pghgr+GPixxuuoLX"
    "dzUfBtUs4ZPgtJsqqSp1AeJtOt0eKlKg26aK/yCb1L/VwBl+e6/Az4G1LQ0I0G66MhyCuipt1mFthdheMqsWf2B3a4nsDy2fZ2UfSSuwWtoL14"
    "325CNxWcXmLvIKDFi2hkgHASqGfYMkc3MFzB75E/bdNi+fzgj7oZ4x8fE6QW+9QUv8e4axw6D+Zw2Hjgmg8m0OGiiAROIfFIby2Xjml59n+401"
    "f1f1giJDL51XUJEsLgPfQQfNOwpqYnv5E084UR1IsGJ+b6tv8slJ7ItEEGULScmFVd0L5qOVgX0caT5jWMNT83uhldA2bSWcU13YlqE2Tvk6Wk"
    "U0GHtxZJTeNYCB2HCjtdBGhbwSWTJtk5HYZcplBHWINRk1LLPvZwgFwW7emiLkYcJzQpdJMcCdTeHuBv11nQw34M9ptrl72d9QWmZiQzsrwYkv"
    "ueLVXA";

/* a ratchet key whose secret key is another's */
static const char LIBOLM_SESSION_OTHER_KEY[] =
    "u2ZITUset7xW67QL/4/81G09bqYW5zC72keb97nQzBasDW3VTbnG2mpMVt7EbszjO2AY24XJi/7SobcTeYtD/xRnwzgLGXhbcd6vhTDfVutoNY"
    "eI0Dww7Ok1SPiKWPh9lorvkWHcSl+F3m7fZ7eT8UE6mWf+UPw2DV+9Ic1Kk+ZuxoB3WB7ZdVvMkmE334dlTw2QcI5ESmGhWyb4uqJs2EXVa2Eh"
    "2kzTKU20nd4DzMhQvBGWKir2BmCunpEM1drZ4ptCpkjjatAYMeeVTUVyxhcWPoOG9XPCw7T21NBPtue8DxDxn7+sP2EIGA7SmGj/xx7fdQ84lg"
    "r0b8HZPFGLOdVmG3+USX29v3Ekct1b026jv3dRgoY9QiBFB22h/co9MVcWFda64FANozsmGV7IaQ7dPcKfp7JM3W583nyTxYsVQlttIqLg4LrC"
    "7qLNev36ymCgD0yY3k0nrT/vxQ0viFVfFgjkFd198YtGzks5ZGuGFukCzFhX7Q6bIpxUSD4RTQHgKPKlVUS2E6ns4Tv0dJsZB1+grf/H9FOIkc"
    "/z9wldtfyYceplN8SQG8pEt5LZwlIL4ZyCILncxG7dqIfB6RAGgaNDKAeOoLi6D1WWuMrPs8BzyJ7UagZmQ1K9gE+a4tnljr9A0qYyQ6BVOKFD"
    "VoQTBUzvJ4ZyAkqK6OB6dYLGIWL1wDl+xvnmo/9/Cn/3/mBnBetHUd3wZzDZc00a5aU/p9i69mILN43ihmucsCu1PJoif/3FUWUMexLKcWCmiq"
    "6wMZfiB1drTcvMM3GagX6mZqhsUcW6sc9o+j/JB1LchY8/29FAL+MLhpuzcWGehL/AIAmdkbOX7hhfYWnNqxgDlk0HIcWj08UpyQsmmoKUSh/i"
    "XNlsAg";

/* a skipped message key ahead of its chain */
static const char LIBOLM_SESSION_AHEAD[] =
    "u2ZITUset7xW67QL/4/81G09bqYW5zC72keb97nQzBasDW3VTbnG2mpMVt7EbszjO2AY24XJi/7SobcTeYtD/xRnwzgLGXhbcd6vhTDfVutoNY"
    "eI0Dww7Ok1SPiKWPh9lorvkWHcSl+F3m7fZ7eT8UE6mWf+UPw2DV+9Ic1Kk+ZqpIyeVj7x2QCwqD96zgOOW7avfnPesLlPY1z8hIMouQ2xL6Md"
    "oz/U8gnSmQAbT00w8pA8wnV7iUjsZCt/7G2Az3h0BqApFMDcgihNO+eXVTW0f8Qd/ujGwH+DNn5aUsTmxSvuhn3mqUMxgPfs5tbOzxD6waR+iZ"
    "wtaMA6H2vHYKJtKfKKLu2GrIN8wZdSURri86Gsd7Lq9sZV+MT54lPS6bw89S/v9eWZuHwQtVeHV2S6gJzhnwTDFLZKVmR3Pghgr+GPixxuuoLX"
    "dzUfBtUs4ZPgtJsqqSp1AeJtOt0eKlKg26aK/yCb1L/VwBl+e6/Az4G1LQ0I0G66MhyCuipt1mFthdheMqsWf2B3a4nsDy2fZ2UfSSuwWtoL14"
    "325CNxWcXmLvIKDFi2hkgHASqGfYMkc3MFzB75E/bdNi+fzjxKpAyBPHjRUfc4zSs1HAvCKVtIdFzZ0ptEywCDDTzNB3Wv5NUvKiuu4+M+RLT6"
    "ta+eerJZydTsKkWE/I4yNy3MNi3gubJ3CpIjDVFs7NbweAMB/WrSNrHCTdizvW4MW2WghrjjUn8cBaxqtWFCFgkM7D1AcQbzYiTlFyU1QmrMuS"
    "pk6X+LBic//z/Xlcyvwuvmk590laYLyIGzRONVx21QQk9pMhyExBMeRsXmwZpekOjpuxT3BXJ4I8LZGzfrTepu6E7hi8KNl4FoBVtYeO3y8Hbi"
    "cAHQ7A";

/* version 0x0 */
static const char LIBOLM_SESSION_VERSION_0[] =
    "cYSMwZqAd4dIlyYIJSqeU0JkGjFWwJ0q+ZRB3pz9749+khrw5E3H5wABYtFVbxQchyhbsqMAUE6pLssSM/1XTSxWP7ZvsWNIeVukBB9h1149ic"
    "yS0/JmSsAVxOU5zGEqbcxjRC6YEdhOHdfBgGTHVqhAoSeCT5R97HwNN2E6VfbcToJyQQGem8Bi2jaFuepzl/y5NTeDNyaoyIMKLzQZURivpQi9"
    "OVVdEiPl5zKYWZakHnutyFiDWyTVfauwJW4d1+y90525a6MqVNRBAL90hIHV1fvsPkH9MsLN3KgPYwDm4mXqAiJCsnBJgodxwW790KCW0mXzYE"
    "Ixq1hrQsJgea5nQ2rJDeyK2lnrccWNFPJ0FdA8Y0/Zv3ZdZ5NeaHgkChlUBV/e+mcCHHDVwwsgePgnggP6OpXZoH7oGTmIIdGGZ9Yj0VsHg97u"
    "+JPKWQjecOeozdOadEhx5C4DPe5LD4lcvWBpg97EvGlHP8b38uXxBl/pgcJ3x40zQ1dfAnQ5AfxaDSToMqtFI7W4fKBfRsNb8OlCv9pKkinTyt"
    "kdXJZinnkJaj0OKAXVXKRw3XQcHslwpV6qSS6Tm8VQv/hIh8E+cqZwBSyCyOKYN8eQqYvpATGCrLYvL4OtqsTIwev+eaq3+aTKPTIKysXS/TAZ"
    "Fpxrl+ISqjiVDK3Lffb3Bys167em2Gs0096Ie8ZvGX3OZs46vdi8d7uc0R56becVRG9zpNhsrGk/218lYDL1Wjui8HVffvTGJyYcfb6LQ85hyJ"
    "AqzJYRZmcky1gduEXOVz+Xlj/J32GMtbygNlwne4jycOTRMN7YKD4na0micVnrS5KWsEJ+3YSKWC/W1mdXz7AAPwOXhJDcPJUncaoYeYaXnjiU"
    "LLm91A";

/* version 1 with an integer more */
static const char LIBOLM_SESSION_BYTE_MORE[] =
    "u2ZITUset7xW67QL/4/81G09bqYW5zC72keb97nQzBasDW3VTbnG2mpMVt7EbszjO2AY24XJi/7SobcTeYtD/xRnwzgLGXhbcd6vhTDfVutoNY"
    "eI0Dww7Ok1SPiKWPh9lorvkWHcSl+F3m7fZ7eT8UE6mWf+UPw2DV+9Ic1Kk+ZqpIyeVj7x2QCwqD96zgOOW7avfnPesLlPY1z8hIMouQ2xL6Md"
    "oz/U8gnSmQAbT00w8pA8wnV7iUjsZCt/7G2Az3h0BqApFMDcgihNO+eXVTW0f8Qd/ujGwH+DNn5aUsTmxSvuhn3mqUMxgPfs5tbOzxD6waR+iZ"
    "wtaMA6H2vHYKJtKfKKLu2GrIN8wZdSURri86Gsd7Lq9sZV+MT54lPS6bw89S/v9eWZuHwQtVeHV2S6gJzhnwTDFLZKVmR3Pghgr+GPixxuuoLX"
    "dzUfBtUs4ZPgtJsqqSp1AeJtOt0eKlKg26aK/yCb1L/VwBl+e6/Az4G1LQ0I0G66MhyCuipt1mFthdheMqsWf2B3a4nsDy2fZ2UfSSuwWtoL14"
    "325CNxWcXmLvIKDFi2hkgHASqGfYMkc3MFzB75E/bdNi+fziH8g2hAoszqbh8BD+w2SSLIZatACpL+4gBpWAIF6W4gjjSP8WIR9O/r0KTiLJ8R"
    "DrjyKVO2A3c7AEus7MyfMJ9JRasXHpGAPQicrlIOeRcQx/16R72loaS0G0zpQgDnjGgc4YhD791dPSECC1Qqr7usJXwevERl0Ok30Kdbil5PZo"
    "5pBG6YcgP24hH04DLAHSGt/IiiXgv/cIxybj5D5SPSge0CwXVvpdv4dqscWCC2JqajmeUxWExSaygjlmQk3ipNSFUuHyg6JiJQ79C5yQ4e5J/c"
    "JbLhYsgISYeGOWNqNAcrozNm5sk";

/* a plaintext without its last byte */
static const char LIBOLM_SESSION_BYTE_LESS[] =
    "u2ZITUset7xW67QL/4/81G09bqYW5zC72keb97nQzBasDW3VTbnG2mpMVt7EbszjO2AY24XJi/7SobcTeYtD/xRnwzgLGXhbcd6vhTDfVutoNY"
    "eI0Dww7Ok1SPiKWPh9lorvkWHcSl+F3m7fZ7eT8UE6mWf+UPw2DV+9Ic1Kk+ZqpIyeVj7x2QCwqD96zgOOW7avfnPesLlPY1z8hIMouQ2xL6Md"
    "oz/U8gnSmQAbT00w8pA8wnV7iUjsZCt/7G2Az3h0BqApFMDcgihNO+eXVTW0f8Qd/ujGwH+DNn5aUsTmxSvuhn3mqUMxgPfs5tbOzxD6waR+iZ"
    "wtaMA6H2vHYKJtKfKKLu2GrIN8wZdSURri86Gsd7Lq9sZV+MT54lPS6bw89S/v9eWZuHwQtVeHV2S6gJzhnwTDFLZKVmR3Pghgr+GPixxuuoLX"
    "dzUfBtUs4ZPgtJsqqSp1AeJtOt0eKlKg26aK/yCb1L/VwBl+e6/Az4G1LQ0I0G66MhyCuipt1mFthdheMqsWf2B3a4nsDy2fZ2UfSSuwWtoL14"
    "325CNxWcXmLvIKDFi2hkgHASqGfYMkc3MFzB75E/bdNi+fziH8g2hAoszqbh8BD+w2SSLIZatACpL+4gBpWAIF6W4gjjSP8WIR9O/r0KTiLJ8R"
    "DrjyKVO2A3c7AEus7MyfMJ9JRasXHpGAPQicrlIOeRcQx/16R72loaS0G0zpQgDnjGgc4YhD791dPSECC1Qqr7usJXwevERl0Ok30Kdbil5PZo"
    "5pBG6YcgP24hH04DLAHSGt/IiiXgv/cIxybj5D5SPSge0CwXVvpdv4dqscWCC2JqajmeUxWExSaygjlmQk3nAuYPodOMCtKcQM6FYgWSeVC8HV"
    "WIDmCQ";

/* 256 messages sent, under a long key; the key is 100 times Z */
static const char LIBOLM_OUTBOUND[] =
    "b7MMUz0DHnMYU5ZUxhi5iKR4BqCICFM4uyiYXrf565CBX0ZIV66aL5HDu6bwfG9T6SpJIRzJzQ+QiJkPsYD/EDMXNvWI4E61U+ITQw22cympZf"
    "vjyOlkpvMBM5gSottvV8A1njf6FFzp9mU9RpdlNIG1FFfaYmmQ0YAO6v0s6CyZnPU3BrIhAqYgDH6qL8UepjZBrFLQAnSuUjhYzJdnavSI3zzY"
    "q69a2rvXf1ESfuvLPAVrYvsYfkN0ptSWSeJqo1yJqON1CobCvE1NdwYsuQqUofdQH54BDMIiVALSVQOBNayRFeOvJ5H0MLlbEmASzwI8wgwi8O"
    "4";

/* 65 537 messages sent */
static const char LIBOLM_OUTBOUND_NEW[] =
    "WlcepXodjqEe2NnmS4DiVD22cd/70P/bLialdBvB1OoEOAbfThq9RysWf8vn8iyHDsUP+5iLh1NDqZYcWdUKPiuKooX1OoPUPOpGXiJUyOpqcQ"
    "lvOtA9g9SdzfChvnkVdAnwucMhbUiNzG5XdbSJXjORsINlqoQ9Yc/8xnLxV/e7HYlbl55sC3i+E/i/H2V7dFlFzxKBQ3I1FEFRcdDHhTgjj9T/"
    "OSl21MvnpLTiUmTL+DKY22Wifv7ocZ6+iIXZi1fd2ihF9y+siG0x9fbiT8zfrjdYe3A1iots9aQK0FS2AbATXfh2VSo8x/leE5NfaPcrn2td/z"
    "w";

/* version 2 */
static const char LIBOLM_OUTBOUND_VERSION_2[] =
    "8wHKnJLcmujUUxB08nYbnRNhxxwEMpG+3aszK4UuuSh2x3eAcADqRp2kfHZhIMzmTdlsgvyPBBo0qEm1WOHVZst57wudo45ocawgcOX2tetCJP"
    "YuBGqrUHrFtX/Bxsoe3Vnx7tpLf69Nsrdk9IrekbNMCbV+vq3rGC6xeCvRzIFlyFJ/s/aqVtCiPW30/LK1m9v3yILs3RL5bP2KuHKEc0svG3SY"
    "n8EHrGBlmkDymLxTSzvQhKXUeBfT0geKjgW0yi6mdbWLDxCirf1E+EFxk3LJyNOSa3HF9+J/8f5FIsq35JTINP55nZFoi6sUl1Qo6a4e9GYXWB"
    "M";

/* an Ed25519 public key of another secret key */
static const char LIBOLM_OUTBOUND_OTHER_KEY[] =
    "CywkBJ5S4cJ5hJff/M1ARbxrwTCtDl0hDYyPnPC3/e5HFV1y+qHgOe/VF25HeUyt3oe/PZ1a6FNKf8N8Knqibnu9xOXQS5dD1UCmeqss1XWLmX"
    "R+mTni+w1ixe83GjFYXbenG4WvMN0wy2NSITf9ePu6EVy3/l6OMGbxZ48A68vBNqyK7LW83pczYFVB8GbeqqwyJC22R46VRXqGpgUT7AmRei/5"
    "2WPGc2rM3qaJQb+iBNA4+zr303XLLh3vnc45xH4YOLycReJVRPzjyy9ZP9TbhdOec8YSxD0haMOdy0DKlEzuB/e4m1wv5UJNo6mvsSTnsoBd1z"
    "g";

/* imported at index 303 */
static const char LIBOLM_INBOUND[] =
    "gelspoZIVcTYGdr0MFTRX0e2sQpKVGbIBx+SD21LCahuSwOvv/usDO3fToM0wbs2m1nv2IIKW/JHqQNeJN51PQApGjzHn/WKVeI84rT1Mpc/ZC"
    "Sk50mYnkWLvcnBYvl5915ah0jGhaufESC4Cdve2XVrl7PMi1ieKn69Y72dRTG6cnTyvwqVfGbrccjlsALXYNA8kweYhvkWYkrybfyvm0FPeE6K"
    "cjO+ufJKkENdHpSIC5LWMcyA+IyYYu/6bUA8MWOofpXuL0yI+hFRFuInw1lkGsM6GGtJ6BUTYkvNX4+AF/ZbFLSpcWgvrPcK3Ol5Uj6olpRpJ/"
    "Z3htgQisbqWMLfE+CtncXC3tAKOnuz9k5m6CvTVBhI65tcgdGcLYykxBK0VQBryb50ZgmXPyYyg0xTKwsK6+MB";

/* version 1 has no flag: it counts as set */
static const char LIBOLM_INBOUND_VERSION_1[] =
    "chjj6jzzWihfpu5c3NINB1fqnmTksSL/JVPWTDgDT2+ssW94YryoOe8bxOnN3eQC9IP3kcejvzJkHNOr/s395gx56DBtDGOrLNkUANXnpdpKUf"
    "5zCluByYtq7vCez63w/x1XVW0vvIrhvo5EGyqkgEc3lyLXRKXdCSEIjvSUow3dA+XQulKangd2HHS7Ogcer2f4U8eec14NXQyc+jevpbpuPXTX"
    "8zebD1SPpb+R0nwKXrTaqyWV8Bk3DL+roK+ycmZRWCqZLRU2ZiZIvvJ4yndsOsTlAL7daaT4ACIuaqh6Cc4LwIY3EkT2LWWJuN/kQP/eWNVRR9"
    "KMaZx20w83E6w4DC9ONFzZfHXiqNEkM6okz3rUvNi+IuMyBxJF/PSSMzyQzT0bQr6zJbZ5O5OzGPEkEKQ2WdxI";

/* version 0x5 */
static const char LIBOLM_INBOUND_VERSION_5[] =
    "5kZFZIvAtGZ3cu/5d7qmW2smWnmIRLghscHOZndh58I5+32RxndGLxQOroMOAXzUiK+WCcZWKnvWScOB+Eo9HfQwCf/7S0+NSfPL77B/QpZAw6"
    "LozVR/WQUMPgsMANhIacSTlWBb4ek9hzHGnV+gzwemq3EbflPWSkZCpAzmuNtUoygN8jVijoWlU5tPQ6wrTD/BcDJz22WGrq9luRFLUPOWHcyG"
    "6qm033NOEci1I+OgPa7K9oKlDaoue2eEkUveEnGwIlbHZwas++qIe0tmAtXWX3LCSsgsRF86vec+Dr/RX+ZNCKY8zB8M3V5nb8aj49gPHjr2wI"
    "sMO7Jy++SfQWx2fe2GKzvJxS5NYlm56Xp9EwGuzpfZQebZhf/Fibg73VlS/9/XXk4XFtM4+D0YCDpTKxTobpXf";

/* a signing key that is no point */
static const char LIBOLM_INBOUND_NO_POINT[] =
    "gelspoZIVcTYGdr0MFTRX0e2sQpKVGbIBx+SD21LCahuSwOvv/usDO3fToM0wbs2m1nv2IIKW/JHqQNeJN51PbEwetW3u0FExuAayOGyeUcoQh"
    "qf6XokAZrAES0rXt/zy5kkhre9Qks+mdl1Qy8vGny51SprmHPcGaTjBODGr2HPZdXHlNhlrP8E/TxgJ83t2P+MzS21WY0/elJwRbBkUa7f6Qs+"
    "GLJk0KOrrJ6Ryi2Sdja6Xpj23g6oPGRLIIivcwz2JKkn6+wrJoAXRriMh4m043DhSXnWt8cq1BKapUoCce7ITslS4uiJ6IRky8iRoOQfJS556U"
    "0AZ35UMHS0KW+zNjpsqh4B+F5kiUeAZOj/cFGaUXabvM3xj9GPA24t2XjymI+N878i3rLcwbW9QjwC3LiK77tr";

/* counted-bytes; the key is "secret" */
static const char LIBOLM_PK[] =
    "8qmBwIU85ApOaiq70zlcOSTig7syGYg4czhj60BzeokH/wjzaW+aT3l3JMaQXEaaGawPSiKw46qKjYr0qH4PFZp2lvIMJBRhB7C1wSTWbZfMNi"
    "QbpenwkA";

/* version 2; the key is "secret" */
static const char LIBOLM_PK_VERSION_2[] =
    "0nuwgD6+Krg/LG1IikmFhtCFFYyfTkf52qDnqEUaT1AEX8jvhcS1GYLRC+LXZj9wPqBN1wYZY+Wo8qr1tmpsGbhEXIjq2L8prZ8agUE+EVFxbS"
    "nd5dwWAg";

/* public key of another secret key; the key is "secret" */
static const char LIBOLM_PK_OTHER_KEY[] =
    "UfM3yeCwQwhJ+aJk5HLCX0xFMmjJHp5dC30aK1Zsiurn0qgegb6VIcttX+T1HZsp2MJ4Xa32vga9aF0+uf+Nb1ZP1hMFE1K/So8mZhBKwWeLo2"
    "0DWko6cA";

/* Of vodozemac. */

/* a one-time key */
static const char VODOZEMAC_ACCOUNT[] =
    "t7fxf30u8nfXZQ4Z7GqGitXzB7f0ydwVmC1CLjuTfhqjbHmp7k9t9gMEi1Th29K1o9AWM4+uW3GadOvd63cbw54pj0H5N5xu5lqPqN4AaCKtyp"
    "LVbvcnsceBaD7kP2P512mUl8dlzEa91RIr9+nXB0vGhcdhLC7ot6hjVef1WbleouKl2VHqiw8jeyEhkQkRKctZCWEkiNMHZZYYCU/dITs56Omf"
    "fMyh6tyNqcRZjJffnxBnhFcG43bh432XqqVNUXHsOSxHJgafe7MgCN1qY9OYe1G6C5Sk8lGOwljM9PTP3btnSuqCwl0LP3HlZhjlSO5Q+2GKwn"
    "PoJR2La4NR1n8sOsVj6K0nQK5u2Cq3N+e+IfaWcWW8KyX9oWWSV7BVIhjyGTNCIx03PZyFyT09W2mRQpMNqDaZnZ0DXy+FANaaaAsgjdiClt1w"
    "976w+ZSD7OTefelAXQtiYa8RN2syW8dXBIzMlRte+XyWBd5ZLYybrhDcTOe+U1Yi6G2rYBlICUX/NhnXvryUtDoovxuSsKcOM9x/F0edbGy9k8"
    "Ecxtjpf1eoDBfUpkQcXUTFReu+g5OW5AIjz6AUfg7L1IHR/+t1gRu4kWjvfUyt8bsQJ5iqTwOXi9W8Un8ytM39MlwZUWN4yghWTpHR0g99WpFl"
    "WoRabh+zGrcxtcdQIO32OXxHC7OHmpgETCX6CNHJN2fgtE/7o48LIO9AoFqEyqrrwLjcUSw6HDBA7p/N7cw/ZX0SOK79J905foQuJ7rGWiy3vi"
    "jLoiNUYgg5ZsKPTNbuoIM0yAsXqck++5mY5F5WSXcau/7oECS1hB4DUeKNphabHQ6mN4gB2Ofja9xpfjqHB76ZGQRIiwwpCPSQacNblWuL8du2"
    "JqYMTTQFpE/zso5xq3XqBT1QkGI";

/* inbound: answered */
static const char VODOZEMAC_SESSION[] =
    "u6RFebRbAl0Xkp9J7nZPwYb/p1epqaJJ4FQdk7jItWKU0MVwX/mWgAxzlSavz7quxzskeubtQW+Q+e+nEvIHtSghBx7V2QgN/saFUH71xeVhpf"
    "8PFw027qwgxnyBJubWEgUkghTdroauK6pP0pvASKcwgAaNao31xwdeAFJn+fq8sUyrKgd2ZqkZwA8X8Kutgz+LmGcLroS6MAjcouHr3gFbTimu"
    "vpbLH5W6AUF7JBwfL+41+3E9dNJlZsUggvwfwyGR6oumbPwLDWyo+Y+wKplXfhIdrBZ3tvQxeFI9xIGkIpCXM9CHu1MOacBr2yZyNxQpoFAkaS"
    "6lG2A5PX0ASZKWJw2pt7/0FbHOVTb+nKQp2PmkCfHXPVakfBN4z1P3tD3FD4QqMior9VohkivXuDV+m2BzBhfClA8amxh8GCgPvLwCjbE4VNVn"
    "Obqyyf16rWEmrwkE4wJ2x44j5uQdKyvTMQWRuBCFDt6iqjqZpCdi6GHGvQAXm7owjGOP0YWByrW3ST26QtJMNuzg/23OEZuRCqwYiuNfrKIACo"
    "uQcW0DexC6n6xvJUdaE0h+/hTdBh5N5kNMTLaTgJ8DqFqubfU8Narmic1diCNiEdweJSBFrqIMD6hG6ynwqLSAmErB1i+1sgPZ1SA72G+QJeOA"
    "beC0Ifwl0mhio1Pazm+zezwFzMTswGDuX9fF8BLsvsZYmCrRhoFijNbdL2M/i9CkTnbzl6je1DulmBd5k2KA4fdNyPTvIiGlc6VUjUvqf1lhQE"
    "FjvpJ9j0Uc6kKuUDV7r23b8AGBMYlVFNy/wPHqbwdbK1fFDYGKvVsS9cAD2+YT9RmFBLoRfH9tSZD/aiJ72epLUO0RKioZBlgV0fdDi9NVjh6N"
    "E34qeJFbVwRjzIn41oejb/T/aMOFquCMjlrBpg5OHJjroYFFr/gu+KEOjHE1u48skCrqh2iYrbKqNyjRmEiLIwJz6ePxV3XoIeC9dshHO9r8GR"
    "ISqtzdO09pb12avt1hPYndKSQSuPMJ3U+Zga0VtIfShz9BxIvcMdUJpdMLaeo6Km9jXEiAYsPn3qaPpq+naVeFQYS6BnswydKGs/ssKuRSLRRh"
    "aF2+piCcSk0gCV8novIDbO83HOvQb1RobX7gMHR3tALIR2RfDv1B1eKbehMwUptJWaxOUk5egAw9sapAFRIE3DZjfTIWEmCB4HC5wVGwdE3/8W"
    "dxatwFcNgYLZlF8BR50SQX+w4nhijt0Daoqp0To3EwNwG6EpVHL/oW16Sol6Qr5H9kyiTdcveQdcMOYM+qHNhCHjASVyqPTlreRhAnPBuEW1hW"
    "mjBvN0nsXPSmCnR47a18GcmE5S12qeAVE8XtVclHtdEy+V7aq48HGgMmr3lL5RNTVkuzp2XogP97bzfQiLeRPeBUulZWXAEdnZdBm34BrsspuK"
    "GxP49Uey48Ed+egy6HcCia29+QJUFwF7N44iCBgon+f0SPcbttPrQ5TQZ1AalThIaDqJu9mpISDgSAwSlftuXPlCxLh/x58VNU2L1zcRN8vY1k"
    "1PayyEptw+Tmz689UgxKFaxZXd1HAgdeBHcJfvvFTOhj0kMZKMeWw4KF0LhTBWq49Zr7C8y6kgEqVO2zQGYPcP5H/aOfuA/0D14eoNgScK0Cdg"
    "iAQIpdfUFnO+ajo0WWLQ8H9V9dmHfcrF4yt0Z9gMXPaTK1wbVPba3FMMhr8G9Vxyld3X7H+ZFTMqtYeFx6my4kg2EMI4wCDbo59Rqoq/KP9KdJ"
    "ugO5HJM1gmqX2bPxB6Ir9Ifz+tVQQobWpmjsYIRAB1xEqITlYKe6kb+07ud31rJyAyjYMUQ/HtnV7t+A5LyxTC6P6ABD2Dnr9UM6zqWwuE5+vL"
    "DPh029rc5XAqOrLXCjMViCoJ+XmI3PnuvnDGaHy0YQ7siULel/tPW9ftENX1o";

/* V2: outbound */
static const char VODOZEMAC_SESSION_V2[] =
    "u6RFebRbAl0Xkp9J7nZPwYb/p1epqaJJ4FQdk7jItWJHMoTS/32Q1ijLrfOLQTobvdm/XuhGegvSXyf9iZnYo8co2NgyfbcdVTyoXrKWV6uwZm"
    "jxABVYD3MvXw/HmFCfseDp4Ia++tU3H31+DtdrPNN4avhcj/ynhGdeVejMN/FAgzlBSAWpvhp+W57Wyj3ShcRER6icYZKtGLgH706A+xqrKjfn"
    "0muItNjF/dDN9PCIucEqmfqflyRavAGRXoEgLjlY7uDNRidB2UHBpbGs4r4uvEHoFe14JR5Mt5lAu0ONYiTEW3NFp/Nd0iqBv+9xH4hMM5XGnK"
    "/cZsuA37XgJOtpa+dOO3xLqTTVcE4m6LLnKmQRODi1tnSe0wo7I1R+bHXXmT5cNIlcC3VbNMa7Z8CrA4VizSkBzmveNCGqt1soUADudlYdf1l7"
    "pK5Q6wUMaECtP/+/lp7THEDbPjeowd8sVlUjk+iCLMvfQAPe+ztxfR7CgXESOyP/Zt5m/4OTBLRj76yIn3y/IMuxvxbsIFzHmBjjZ+MSt5ka7l"
    "z7w0D3JbKqYBR093T3fb8PUCzbeLxjtsiGVPL+P0MRRDs83G4lX1aHyyqZxwnqOXV815uA4UzBvEEWue+8IlteM3Em+SctH3T3MO5keQbOmn+P"
    "PQ5HfrZg1Qs55rAqSld5sxV5mQvn7VXdNUSXJSlzteXuSD6Zg3h9WCoElf95aUgJArPMXc3zAvDzqYTlctkv4SHCr2P9x/GiN5ElNYrHbeCb60"
    "8kppzHjTnNbFSUvRv0xrOASqntSyMWx6HP8vBx1GHHT8eDC0zt745NE6nNrbYq3sDXAnBiMg5ezNzScQKlHJKKQn/ZbUzZveM/bEoIvCR34cTV"
    "uQKD8ZvWOyrGCKr1YNTv6OjV4MbZOImnMvfVWTjjelgoubh1Y7xD7iBtgOe0Ju6dtPD7ZxJpYV/GfPmsdCSq3jsAfCKZM6/XdyMWWxzShbkPwC"
    "0c8tKIsgw6Rnhrx5MODtlQpiaFuu8F/Qw1vbYdwofdF07hiFPOhoLiaw2sU8G+FfjR87VsdspdNtaTCXDsqOYN3MmclYKsfIRZYP3AU2+teJQY"
    "h7Vd0iC/QHkvmAYH46kiaRzl6rooC0GQMzxS0NUYYXYxYN0LFIngjkBsFDbY1mcAbsctVc7mp17MYm/350DrrxiZEbIxwdCfG268ja5LerMp/S"
    "X0EeUhbjf+D6o0FVWMJRTLgBrOaG/YIc0Oggj+LFCmfhyzhir3pLOr2olTziXgo4/OKNkDpknJwm5F/pmUkGpHjMJC0D3ShZbwB5JpcebDV8N3"
    "ZGtGGfCjDTdVlc9qDHjcvrsUXRtb86w80zc";

/* 300 messages sent */
static const char VODOZEMAC_OUTBOUND[] =
    "mxzeNRqrTmBNAUwX/YVMQrjRcL2kKY4qHozmpuxOtoWDD6Oq/48SLwOm1oZuVhcyuB+as3GX6HZhLayj9QPqudxXUDk8vP/871iqQLoJn411NS"
    "SVqzb8ViMBVudimVlDCpYcrxFwDkCoNRaocvreYRgkh+BWHQuF4Ceo6sVPBnL9Az7pX7ckJ7Nlw+UvNUNqYMN8pe1rduLAJtcNHXpPUM+QjDpS"
    "d2Gj8zNJfMhfAxuVQUK4nfBJTjhm32Utad8ebO83bru1J370eM+imZlcfHwuUMczMbRUh5Fp++d/CqHOosLLi8zlYjX760NM69pGEa23eks7cn"
    "Vu+awRhhie7eYnv/bwM2xcuJgTGJekTlQZI0Pgz5IAvSls2VRL6B7kdcmj7h3cOl9MNHzE/JgwTbnbdT01MnImNAeFRp/qugYB10742/R1BYWO"
    "VQ+2yBk6LktVJk23x/2A8dHbe2z3z3PRGorZ08jNRZJVfHcQMAzaSXwXMvLWcbU5mvKHaPgK5sAjTnbUKtsVuojysRQmow2mBW8Xz1wwZ4Zvcy"
    "WZ7BAfOUCaqiLtEZ+sfNzZwuKaY2aNq5p2kFQ81gEEhOf+jc6o3+SnTdAimcJYa8+3bSwAYq8WjlQErR53B1xlKvBuQlRv+Lbddt4MMQlAfsR4"
    "0IdR7kUYnjYJyzQbAEWe4T4VfotjEOCfoASmU9cvE+uSOE9ADA04QtPjFXpHG/qppoK2STReSVlxRKf+J5b5s8Lf2R3V1AeGI7R4VdXy6CrkbG"
    "NKGgBayFeiNejZfIYhwhjLnj6Gw6cl9bXNUesADRoFAPDDUoKaTTdNzOoU++UBZiKlVDnQFSWpvcKargMT3UbHw7OcYA7eNBv9ePzAA+P/zU0R"
    "Rrmmhh5Oriy6WFiHFT7pqhLWAq4";

/* shared at index 3 */
static const char VODOZEMAC_INBOUND[] =
    "6N6P+d5kExFLWjYLOYMccnt7kRyyshNCyrcXQi3zi4VAJ321r59IFxiAO4+8pyL5Y1oTdpf0KiFBsq7PzlBueIhCgMEKxn8SRxIy9Gp1CF217p"
    "5SR5kz+OtgAe+xKkE5ut1H0M7u9fhSxmgbOnCyA9tQ7NqMuBwHHWiVVCBMKNg1ZtQ1LVU2It2HVW05Mj7FfLJgFQ11PM9lceqjMKJn2ldeIvGY"
    "8FqBRzXus1OX2B4tvC4w77zu7W40a7XJa3JkeEd9W8shbYqNAZ5z+Cdiox3HYRkucShoLoLk2trTR//AISUnfSRt2xzWrc9fPrbiy6unNqDCCQ"
    "rnm1+LNlWFhgfcILjQ5GMYouu9C9Khau/zIM+Lg1ZB3RkfxXZi8HSFGWJqGQfFxJcekAom8SA/nhMqYx71xXq1XHLBIvbGwTVP9LrAt3KYI4/E"
    "VF/PDCFhPk2+5G+qnlt8vXokBpAIweFadiDxr5NWM5Q4UXbO24Wdl1BA1V1tUQ1FGIHo/bN6TFb6jnD2Kc2abUtWJZ/Ib2A9/uOmNUuRWt1+xF"
    "NFSLuk709/ThVZewRPNvsahWAmkSwo930fw6Hnb0UZuHEeoHIL6YmyB3lM1zGpFSYAE771fLnKHo708WtKZWbUPg8qDqpn+bv78B1/1dJhVOPW"
    "hU2t8YZFgABRp5kH1DhkuZSd92PYrXrByESELDu+bTK7mvZfPW4N6DSGkt7sCvvKhAqBf0SBWDNXF3lqN+Uqx7qqjTFUnCId5AH87Y1bc7YfAD"
    "3HHJ6xQk1GnMG917AaNNFX//6Ew5wXKXPmBMlqgo5K1nI6hWsU5zYAsflM4jSXWRc50bYrQJ/PwsGIS8NSJ6huAsl0D8ONTjwK40NNxA9xvnLz"
    "KFj0E5ARyDQf4PCr59iYzcXiMF63hQCaMj/LoecDWiMoqCOWoNI6spcDKLHYjVyxWLWtXQ";

/* V2: shared */
static const char VODOZEMAC_INBOUND_V2[] =
    "6N6P+d5kExFLWjYLOYMccnvAY010N3cwLKzFYXuFzLfHJ7iFDrOU61cWJAv04ryag3aHC2EBzWdaH+6jivT9OHFfF8pUAO4psExujbhK8r6yTy"
    "CxooRH6Ot1nzIJr8Bo+1m08SXm1qiWuuh6CacGVkCu3IC2qTbao1bnKDv36mz2hUDczXZdqxiHsI3fqjGgXvn3+vx47Px1q3Fkauk9dssnyDPd"
    "5VxfqyF0lGFax0BbkbRjWdewAY13HjiMna/rr7hhtEnJv/Sg7e3zRXlqWv/7l9c4kdE/sHC/sIC3crfrkL05fbNq6c0XvP5hozMg3VOHd+ShBu"
    "HOb0SeWbjyuuptaPf+tlRrqA4EfSNF8CB00E2JG95hiVdJTjvMxKbE4lET/JTc1Uatb+whBg/XMFq/EgWxgV44+qNYTOEGW4qNQW/VvnmPBviL"
    "bAdopWJ79F9OD9ppbHHHX6UAGOkGdQqCqG6xBO2xaxbMknmtf8xfA3sT+81mbart+/PgBhUlnLMV8YjFe/dD0IL1pJ8jMG8BUDN1oGeWmCdp7+"
    "/refcArOKvuRuX78AJsB1e7mKMCmspCMxxthlvai4mZEbxsxecE1dhXBk5OL3XagPBQ2IFg6F/PlaiUOVuA9JD0MKMGQShJxl8DLTgSQa3unUi"
    "kD/eb5oQfYbxmWr5mdBZT4S8fsslokH1lvfFm0o242+JOXdNxYDagcQLTkYFZr+wohJEYnICxldb+qigbp6IqoXimop8MqjrZXQdI//A9gaUlc"
    "qL33uMzyvIuFjxwK3jQmcGlsgd1iFnQlYgm9+s9RF7qbqeXZoghzUGj9jFWWMSbhN8OuKdo1kq03l1UQJQkD7t3psw8+Lw15HH5BUJFi97kFBX"
    "zorFKUPRgpppDFnNa6UKNK2E2RtVnlDYJtGnybQufNCg3jys";

/* constant */
static const char DEHYDRATED[] =
    "ifsIASkWp0Ozhjn0kBQEaMV9vOhBZb+q8oI50m3ZvCfwnTLsxj+TuxMXUP9NvaUIUqmHW80Ziqgmje8wqHak7UVFgvLlFCzohFcP/1w5mraSlw"
    "15Iye+cV4Gol2MKFToFYc2qKuEeauwO5LVwfXS5o4HP1LiMS2WIB1FrQpLyjDWHrrH0k+iEjadUNrTrYr7qZhvrtGc+Y95";

/* version 0x2 */
static const char DEHYDRATED_VERSION_2[] =
    "qBUYD5khlgRgcm9t3AiI9udmEeWELyHZvH/6ZfnJdvOHlvkFtUVYKn9hhRIUkDWCbDR+g/u91ySLZARsFQANFrAzw8bcV6PL6/lTRDQYkhAf65"
    "kfu4hCF15iIvh7g8ECo/+xYVSc8C4UH0CiDU52cCS5YNU6IAd0KVIc37elTyKW7iSIgSi7glZsA08viNTOtxxXDHJXJrJe";

/* a plaintext without its last byte */
static const char DEHYDRATED_BYTE_LESS[] =
    "qBUYDJkhlgRgcm9t3AiI9udmEeWELyHZvH/6ZfnJdvOHlvkFtUVYKn9hhRIUkDWCbDR+g/u91ySLZARsFQANFrAzw8bcV6PL6/lTRDQYkhAf65"
    "kfu4hCF15iIvh7g8ECo/+xYVSc8C4UH0CiDU52cCS5YNU6IAd0KVIc37elTyKW7iSIgSi7ggueatpNiDOv6RFb+xEYrjY";

/* a plaintext with a byte more */
static const char DEHYDRATED_BYTE_MORE[] =
    "qBUYDJkhlgRgcm9t3AiI9udmEeWELyHZvH/6ZfnJdvOHlvkFtUVYKn9hhRIUkDWCbDR+g/u91ySLZARsFQANFrAzw8bcV6PL6/lTRDQYkhAf65"
    "kfu4hCF15iIvh7g8ECo/+xYVSc8C4UH0CiDU52cCS5YNU6IAd0KVIc37elTyKW7iSIgSi7glZjcBaUpKeI4lBnuyofgWmfUg";

/* a flag of 2 and a key */
static const char DEHYDRATED_FLAG_2[] =
    "qBUYDJkhlgRgcm9t3AiI9udmEeWELyHZvH/6ZfnJdvOHlvkFtUVYKn9hhRIUkDWCbDR+g/u91ySLZARsFQANFrAzw8bcV6PL6/lTRDQYkhAf65"
    "kfu4hCF15iIvh7g8ECo/+xYVSc8C4XH0CiDU52cCS5YNU6IAd0KVIc37elTyKW7iSIgSi7gla9id6vrszqMsF0LOk0gKdL";

#endif

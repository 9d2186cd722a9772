#include <stdio.h>
#include "cliquet.h"
int main(void) { puts(cliquet_library_version()); return 0; }

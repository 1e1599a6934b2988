// Every test program's main: doctest's own, with the seed of property tests printed by rapidcheck itself.
#define DOCTEST_CONFIG_IMPLEMENT_WITH_MAIN
#include <doctest/doctest.h>

/** What a mutant fails on is of no interest, only that it fails: no search for the smallest case; and each judged by the same cases. */
import fc from "fast-check";

fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: 1, endOnFailure: true });

/** What a page does later is waited for as long as a busy machine needs, not for a second. */
import { configure } from "@testing-library/dom";

configure({ asyncUtilTimeout: 20_000 });

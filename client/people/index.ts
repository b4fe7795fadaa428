export { FirstStartPage } from "./first-start-page.tsx";
export { type Here, openHere } from "./here.ts";
export { MePage } from "./me-page.tsx";
export { type PeopleClient, peopleClient, type Refused } from "./people-client.ts";
export { Presence } from "./presence.tsx";
export { SignInForm } from "./sign-in-form.tsx";
export { SignInPage } from "./sign-in-page.tsx";
export { SignedIn } from "./signed-in.tsx";
export { TOUCHES } from "./use-touches.ts";

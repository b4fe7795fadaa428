/**
 * Which edition of the rules in this room judges a session. A session keeps the one it was opened under, so that what was
 * decided in it is decided again in the same way. What was kept before there were editions is the first.
 *
 * 2: an end owes its reason until the dose is nearly given, whatever the clock says; a session is not abandoned after the
 * drug without saying how the patient left; the last two sets of vital signs count for going home, all of them after the
 * infusion; a systolic pressure lies above the diastolic.
 *
 * 3: an infusion starts and changes its rate only while the dose in mg stays known; a rate far above the plan's, more time
 * than the protocol allows and more drug than the bag holds are refused.
 */
export const EDITION = 3;

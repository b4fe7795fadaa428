export { effectSiteNgPerMl, type Given, type InfusionRun, plasmaNgPerMl } from "./concentration.ts";
export { CLEMENTS, compartmentModel, DOMINO, type PkModel, type PkParameters } from "./model.ts";

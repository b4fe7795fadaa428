export { type Column, type CsvMapping, importCsv } from "./csv.ts";
export { ImportError, type Imported } from "./imported.ts";
export { type Beds, importPcd01 } from "./pcd01.ts";
export { UNITS, type Unit } from "./units.ts";
export { importWfdb } from "./wfdb.ts";

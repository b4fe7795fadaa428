export { type Column, type CsvMapping, importCsv, UNITS, type Unit } from "./csv.ts";
export { ImportError, type Imported } from "./imported.ts";
export { importPcd01 } from "./pcd01.ts";
export { importWfdb } from "./wfdb.ts";

export { ListenError, type Past, type RunningServer, type ServerOptions, startServer } from "./app.ts";
export { type Clock, systemClock } from "./clock.ts";
export { ConfigError, isLoopback, readConfig, type ServerConfig } from "./config.ts";
export { DataDirectoryError } from "./journal/index.ts";
export type { Lasting } from "./people/index.ts";

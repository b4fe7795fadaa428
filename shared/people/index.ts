export { EVENTS, isAllowed, ROUTES, type Route, type SocketEvent, whoMay } from "./matrix.ts";
export { CLASSES, DEVICE_KINDS, type DeviceKind, type RightsClass, ROLES, type Role } from "./roles.ts";

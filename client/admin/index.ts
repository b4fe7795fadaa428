export { AuditPage } from "./audit-page.tsx";
export { BackupsPage } from "./backups-page.tsx";
export { BaysPage } from "./bays-page.tsx";
export { DisplaysPage } from "./displays-page.tsx";
export { PeoplePage } from "./people-page.tsx";
export { ProtocolsPage } from "./protocols-page.tsx";
export { SettingsPage } from "./settings-page.tsx";

export { BoardWallPage, DefaultWallPage } from "./wall-page.tsx";

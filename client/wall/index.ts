export { Tiles } from "./tiles.tsx";
export { BoardWallPage, DefaultWallPage } from "./wall-page.tsx";

export { CourseDesk } from "./course-desk.ts";
export { courseRoutes } from "./routes.ts";

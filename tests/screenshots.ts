/** `npm run screenshot`: the README's picture, taken from the running program with its demonstration ward. */
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { launchChromium } from "./browser/chromium.ts";
import { startVigil } from "./browser/vigil-process.ts";

const out = fileURLToPath(new URL("../docs/", import.meta.url));
const data = await mkdtemp(join(tmpdir(), "vigil-screenshot-"));
const vigil = await startVigil({ PORT: "0", VIGIL_DATA: data });
const browser = await launchChromium({ width: 1600, height: 900 });
try {
  await mkdir(out, { recursive: true });
  // A browser without a screen would have to say that it cannot keep it on.
  const context = await browser.newContext({ viewport: null, permissions: ["screen-wake-lock"] });
  const page = await context.newPage();
  await page.goto(`${vigil.url}/wall`);
  await page.getByText(/^live/).waitFor();
  // As a person does who sets up a wall: hear the test tone, say so.
  await page.getByRole("button", { name: /SOUND OFF/ }).click();
  await page.getByRole("button", { name: /^Yes/ }).click();
  // One pressure above its limit, so that the picture shows what an alarm looks like.
  await fetch(`${vigil.url}/api/readings`, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${vigil.insiders.key}` },
    body: JSON.stringify({ bay: "4", sbp: 169, dbp: 97, map: 121 }),
  });
  await page
    .getByRole("article", { name: /^Bay 4\b/ })
    .getByText("169 > 165")
    .first()
    .waitFor();
  // As it is on a machine that has nothing else to do: not with what starting cost.
  await page.getByText(/^live \d\d ms$/).waitFor();
  await page.screenshot({ path: join(out, "wall.png") });
} finally {
  await browser.close();
  await vigil.stop();
  await rm(data, { recursive: true, force: true });
}

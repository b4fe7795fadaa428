import { existsSync } from "node:fs";
import { mkdtemp, readFile, rename, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir, userInfo } from "node:os";
import { dirname, join } from "node:path";
import { inflate } from "@sparticuz/chromium";
import { type Browser, chromium } from "playwright-core";

export interface ChromiumOptions {
  /** Of the window, in CSS pixels; a page opened with `viewport: null` fills it. */
  width: number;
  height: number;
  /** Device pixels per CSS pixel, 1 by default. */
  deviceScaleFactor?: number;
  /** Further command line switches. */
  args?: string[];
}

/**
 * Starts a headless Chromium: the binary named by VIGIL_CHROMIUM, else the one that npm has installed (Linux x64).
 * The caller closes it; it also ends when the process that started it does.
 */
export async function launchChromium({
  width,
  height,
  deviceScaleFactor = 1,
  args = [],
}: ChromiumOptions): Promise<Browser> {
  const installed = process.env.VIGIL_CHROMIUM;
  return chromium.launch({
    ...(installed ? { executablePath: installed } : await bundled()),
    args: [
      ...SWITCHES,
      `--window-size=${width},${height}`,
      `--force-device-scale-factor=${deviceScaleFactor}`,
      ...args,
    ],
  });
}

const SWITCHES = [
  "--no-sandbox", // CI runs as root, which the sandbox refuses
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-domain-reliability",
  "--disable-quic",
  "--disable-sync",
  "--no-pings",
  "--disable-gpu", // there is none: looking for one only delays the start
  "--font-render-hinting=none", // the same letters on every machine
];

async function bundled() {
  if (process.platform !== "linux" || process.arch !== "x64") {
    throw new Error("The bundled Chromium is for Linux x64: name another Chromium or Chrome in VIGIL_CHROMIUM.");
  }
  const home = await unpacked();
  return {
    executablePath: join(home, "chromium"),
    // Its own libraries and fonts, so that it neither misses nor depends on those of the machine.
    env: {
      ...process.env,
      LD_LIBRARY_PATH: join(home, "al2023", "lib"),
      FONTCONFIG_FILE: join(home, "fonts.conf"),
    },
  };
}

const FONTS = `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir prefix="relative">fonts</dir></fontconfig>
`;

/** The directory of the unpacked browser: unpacked once per version, then kept for the next start. */
async function unpacked(): Promise<string> {
  const packageDir = join(dirname(createRequire(import.meta.url).resolve("@sparticuz/chromium")), "..");
  const { version } = JSON.parse(await readFile(join(packageDir, "package.json"), "utf8"));
  const home = join(tmpdir(), `vigil-chromium-${version}-${userInfo().uid}`);
  if (existsSync(home)) return home;

  // Test files start browsers side by side: each unpacks for itself, the first to finish gives its copy the name.
  const own = await mkdtemp(`${home}-`);
  await Promise.all(inflateInto(own, join(packageDir, "bin"), ["chromium.br", "fonts.tar.br", "al2023.tar.br"]));
  await writeFile(join(own, "fonts.conf"), FONTS);
  await rename(own, home).catch(async (error: unknown) => {
    await rm(own, { recursive: true });
    if (!existsSync(home)) throw error;
  });
  return home;
}

/** inflate() writes to the temporary directory of the system, which it looks up before it returns. */
function inflateInto(dir: string, source: string, archives: string[]): Promise<string>[] {
  const before = process.env.TMPDIR;
  process.env.TMPDIR = dir;
  try {
    return archives.map((archive) => inflate(join(source, archive)));
  } finally {
    if (before === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = before;
  }
}

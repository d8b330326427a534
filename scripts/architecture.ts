import { dirname } from 'node:path';
import { text } from 'node:stream/consumers';
import type { ICruiseResult, IViolation } from 'dependency-cruiser';

// Reads the output of `depcruise --output-type json`: prints each broken rule of .dependency-cruiser.cjs, and each cycle
// of folders. Cycles are searched here, because dependency-cruiser counts a subfolder as a part of its parent.
async function main(): Promise<void> {
  const result: ICruiseResult = JSON.parse(await text(process.stdin));
  const { violations, totalCruised, totalDependenciesCruised } = result.summary;
  const circles = folderCircles(folderArrows(result));
  const faults = [
    ...violations.map(sentence),
    ...circles.map((folders) => `circle of folders: ${folders.join(', ')}`),
  ];
  process.stdout.write(
    faults.length > 0
      ? `${faults.join('\n')}\n`
      : `No rule is broken: ${totalCruised} modules, ${totalDependenciesCruised} dependencies.\n`,
  );
  process.exitCode = faults.length > 0 ? 1 : 0;
}

const sentence = ({ rule, from, to, cycle }: IViolation): string =>
  `${rule.name}: ${from} → ${cycle ? cycle.map(({ name }) => name).join(' → ') : to}`;

// a file in src itself is its own room
const folderOf = (path: string): string => (dirname(path) === 'src' ? path : dirname(path));

type Arrows = Map<string, Set<string>>;

function folderArrows({ modules }: ICruiseResult): Arrows {
  const arrows: Arrows = new Map();
  for (const { source, dependencies } of modules) {
    const from = folderOf(source);
    const targets = arrows.get(from) ?? new Set();
    arrows.set(from, targets);
    for (const { resolved } of dependencies)
      if (resolved.startsWith('src/') && folderOf(resolved) !== from) targets.add(folderOf(resolved));
  }
  return arrows;
}

/** Each set of mutually reachable folders. */
function folderCircles(arrows: Arrows): string[][] {
  const reach = new Map([...arrows.keys()].map((folder) => [folder, reachedFrom(folder, arrows)]));
  const circles = new Map<string, string[]>();
  for (const [folder, reached] of reach) {
    if (!reached.has(folder)) continue;
    const circle = [...reached].filter((other) => reach.get(other)?.has(folder)).sort();
    circles.set(circle.join(), circle);
  }
  return [...circles.values()];
}

function reachedFrom(start: string, arrows: Arrows): Set<string> {
  const reached = new Set<string>();
  const open = [...(arrows.get(start) ?? [])];
  for (let folder = open.pop(); folder !== undefined; folder = open.pop()) {
    if (reached.has(folder)) continue;
    reached.add(folder);
    open.push(...(arrows.get(folder) ?? []));
  }
  return reached;
}

await main();

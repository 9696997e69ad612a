import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const times = { 'asked.json': 'at', 'models.json': 'confirmedAt' } as const;

/**
 * Lets the kept lists of models, and the note on when Krea was last asked, be so much older; a window reads them when it
 * opens. `userData`: VS Code's own.
 */
export function ageLists(userData: string, hours: number): void {
  const folder = path.join(userData, 'User/globalStorage/krea-video.krea-video/catalogue');
  for (const address of readdirSync(folder))
    for (const [name, field] of Object.entries(times)) {
      const file = path.join(folder, address, name);
      if (!existsSync(file)) continue;
      const kept = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
      writeFileSync(file, JSON.stringify({ ...kept, [field]: Number(kept[field]) - hours * 3_600_000 }));
    }
}

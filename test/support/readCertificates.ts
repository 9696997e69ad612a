import { rootCertificates } from 'node:tls';
import { systemCertificates } from '../../src/krea/systemCertificates';

// node readCertificates.js <PEM>: reads the system's certificates as the extension does, and prints what is among them

async function read(): Promise<void> {
  const first = await systemCertificates();
  const plain = (pem: string): string => pem.replaceAll(/\s/g, '');
  const all = new Set(first.map(plain));
  console.log(
    JSON.stringify({
      holdsAuthority: all.has(plain(process.argv[2] ?? '')),
      holdsUsual: all.has(plain(rootCertificates[0] ?? '?')),
      same: (await systemCertificates()) === first,
      timers: process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length,
    }),
  );
}

void read();

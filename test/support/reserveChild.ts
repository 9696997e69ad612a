import { OverBudget } from '../../src/jobs/budget';
import { systemClock } from '../../src/jobs/clock';
import { Ledger } from '../../src/jobs/ledger';
import { rowJob } from './ledgerRows';

/** Jobs of which any budget of a test is used up long before: without a limit this would never end. */
const most = 1000;

/*
 * Orders jobs of a batch as fast as it can, until one does not fit:
 *   node reserveChild.js <folder of the ledger> <window> <budget>, prices in millionths of a dollar
 */
const [, , folder = '', window = '', budget = '0', ...prices] = process.argv;

async function order(): Promise<void> {
  const ledger = new Ledger(folder, systemClock, () => undefined);
  for (let count = 0; count < most; count++)
    try {
      const estimate = { kind: 'about', microUsd: Number(prices[count % prices.length]), date: '2026-05' } as const;
      const batch = { id: `batch of ${window.slice(0, 1)}`, budget: Number(budget) };
      await ledger.insert(rowJob(`${window}-${count}`, Date.now(), { name: 'intended' }, { estimate, batch }));
    } catch (error) {
      if (!(error instanceof OverBudget)) throw error;
      console.log(`${count} fit`);
      return;
    }
  console.log(`${most} fit`);
}

void order();

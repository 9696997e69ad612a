import { runPlan } from './faultRun';
import type { Plan } from './plan';

/*
 * Plays plans, one after the other, in a process of its own: what hangs or crashes there fails one plan and no more.
 */
const tellsStory = process.env.KREA_FAULT_STORY !== undefined;

process.on('message', (plan: Plan) => {
  runPlan(plan).then(
    (result) => process.send?.({ ...result, story: tellsStory ? result.story : '' }),
    (error: unknown) => {
      console.error(error);
      process.exit(1);
    },
  );
});

// the one who plans is gone
process.once('disconnect', () => process.exit(0));
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130));

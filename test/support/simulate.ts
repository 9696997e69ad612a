// Runs the simulator until it is interrupted: npm run simulator [-- --port 4571 --seed 7 --control 4573]
import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';
import { encodedClip } from '../../src/simulator/encodedClip';
import { runTimeBetween } from '../../src/simulator/runTime';
import { startSimulator } from '../../src/simulator/simulator';

async function simulate(): Promise<void> {
  const { values } = parseArgs({
    options: { port: { type: 'string', default: '4571' }, seed: { type: 'string' }, control: { type: 'string' } },
  });
  const simulator = await startSimulator({
    makeClip: encodedClip,
    apiPort: Number(values.port),
    // job ids of two runs must not meet in one ledger
    seed: values.seed === undefined ? randomInt(2 ** 31) : Number(values.seed),
    control: values.control === undefined ? false : Number(values.control),
    runTime: runTimeBetween(12, 18),
    balance: 1000,
    onAnswered: ({ at, origin, method, path, token, answer, jobId }) => {
      const time = new Date(at).toISOString().slice(11, 23);
      const job = jobId && method === 'POST' ? ` -> job ${jobId}` : '';
      console.log(`${time} ${origin.padEnd(10)} ${method} ${path} (token: ${token}) ${answer}${job}`);
    },
  });
  console.log(`The simulator answers at ${simulator.apiBase}; the token is ${simulator.token}.`);
  console.log(`In the editor's user settings: "kreaVideo.apiBase": "${simulator.apiBase}", and give it that token.`);
  if (simulator.controlBase) console.log(`Its control origin is ${simulator.controlBase}.`);
  console.log('Nothing leaves this machine and nothing is paid. Ctrl+C ends it.');
  process.once('SIGINT', () => {
    simulator.close().catch((failure) => console.error(failure));
  });
}

simulate().catch((failure) => {
  console.error(failure instanceof Error ? failure.message : failure);
  process.exitCode = 1;
});

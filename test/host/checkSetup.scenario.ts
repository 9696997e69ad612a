import { emptyFolder } from '../support/emptyFolder';
import { WindowScenario } from '../support/windowScenario';

describe('Check My Setup', () => {
  for (const language of ['en', 'ja'] as const)
    it(`is green when all is well and names each fault, in ${language}`, async () => {
      const locale = language === 'ja' ? { locale: language } : {};
      const scenario = await WindowScenario.open({ folder: emptyFolder(), env: { KREA_TEST_LANGUAGE: language }, ...locale });
      try {
        await scenario.phase('checkSetup');
        await scenario.phase('checkSetupPlaces');
      } finally {
        await scenario.stop();
      }
    });
});

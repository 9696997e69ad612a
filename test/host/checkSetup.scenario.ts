import { emptyFolder } from '../support/emptyFolder';
import { WindowScenario } from '../support/windowScenario';

for (const language of ['en', 'ja'] as const)
  describe(`Check My Setup, in ${language}`, () => {
    let scenario: WindowScenario;
    before(async () => {
      const locale = language === 'ja' ? { locale: language } : {};
      scenario = await WindowScenario.open({ folder: emptyFolder(), env: { KREA_TEST_LANGUAGE: language }, ...locale });
    });
    after(() => scenario?.stop());

    it('is green when all is well and names each fault of the service', () => scenario.phase('checkSetup'));
    it('names each fault of this computer', () => scenario.phase('checkSetupPlaces'));
  });

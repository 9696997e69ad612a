import { emptyFolder } from '../support/emptyFolder';
import { longTests } from '../support/testFiles';
import { WindowScenario } from '../support/windowScenario';

// two minutes for each: in the usual run the newest host speaks English, the oldest Japanese
const languages = longTests ? (['en', 'ja'] as const) : process.env.KREA_TEST_HOST === 'floor' ? (['ja'] as const) : (['en'] as const);

for (const language of languages)
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

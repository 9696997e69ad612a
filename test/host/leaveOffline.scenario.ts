import path from 'node:path';
import { emptyFolder } from '../support/emptyFolder';
import { WindowScenario } from '../support/windowScenario';

describe('the offline demo', () => {
  it('leaves nothing behind, whenever it is left', async () => {
    const scenario = await WindowScenario.open({ folder: emptyFolder() });
    const demos = path.join(scenario.workbench.userData, 'User/globalStorage/krea-video.krea-video/offline');
    try {
      scenario.workbench.setSettings({ 'kreaVideoTest.demos': demos });
      await scenario.phase('leaveOffline');
    } finally {
      await scenario.stop();
    }
  });
});

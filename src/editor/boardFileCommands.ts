import type { BoardFileCommandId } from './commandIds';
import { exportShotList } from './exportShotList';
import { makeStoryboardHere } from './makeStoryboardHere';
import type { ModelsHere } from './modelsHere';
import { newStoryboard } from './newStoryboard';
import { saveMadeStoryboard } from './saveMadeStoryboard';

/** Nothing is sent by any of them, so that they go on in Restricted Mode. `target`: the file of the menu it came from, if any. */
export async function runBoardFileCommand(command: BoardFileCommandId, models: Pick<ModelsHere, 'held'>, target: unknown): Promise<void> {
  switch (command) {
    case 'kreaVideo.newStoryboard':
      return newStoryboard(models, target);
    case 'kreaVideo.makeStoryboard':
      return makeStoryboardHere(models, target);
    case 'kreaVideo.saveStoryboard':
      return saveMadeStoryboard(target);
    case 'kreaVideo.exportShotList':
      return exportShotList(models, target);
  }
}

import { findLongFiles } from './checks/file-length.ts';
import { repositoryFiles } from './checks/repository-files.ts';

const root = process.cwd();
const messages = findLongFiles(root, repositoryFiles(root));
for (const message of messages) console.error(message);
process.exitCode = messages.length === 0 ? 0 : 1;

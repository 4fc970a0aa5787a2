import { createUser } from './create-user.ts';
import { listUsers } from './list-users.ts';
import { resetPassword } from './reset-password.ts';
import { updateUser } from './update-user.ts';

export const userOperations = { list: listUsers, create: createUser, update: updateUser, resetPassword };

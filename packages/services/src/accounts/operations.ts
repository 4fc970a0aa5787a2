import { changePassword } from './change-password.ts';
import { getMe } from './get-me.ts';
import { login } from './login.ts';
import { logout } from './logout.ts';

export const authOperations = { login, logout, me: getMe, changePassword };

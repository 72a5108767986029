export { type User, type UserSeed, userSchema, userSeedSchema } from './User.ts';

export { JoinPage } from './join'
export { ResetPage } from './reset'
export { SetupPage } from './setup'
export { SignInPage } from './sign-in'

export { randomFrom } from '../pipeline/random.ts';

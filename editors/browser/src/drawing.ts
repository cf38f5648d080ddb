// What draws plots, in a file of its own: the page loads it when there is a plot to draw.
export { draw } from "../../shared/numbers/plot";

/* The same training as reference.c with the batch along the vector axis: the specialist's layout.

   Activations are (units, batch), the batch padded with zeros to whole vectors; weights are
   (n_out, n_in). A layer of two units then fills a vector, which row-major arrays cannot do: several
   times faster than reference.c below about eight units, slower from thirty-two. Kept beside it so
   that the comparison cannot be won by a poor choice of layout. */
#include "reference.h"

#define LANES 16

/* outputs = weights @ inputs + bias, LANES examples at a time */
static void layer_forward(const float *restrict inputs, const float *restrict weights,
                          const float *restrict bias, float *restrict outputs, int padded, int n_in,
                          int n_out)
{
    for (int j = 0; j < n_out; j++)
        for (int start = 0; start < padded; start += LANES) {
            float sums[LANES];
            for (int v = 0; v < LANES; v++)
                sums[v] = bias[j];
            for (int i = 0; i < n_in; i++)
                for (int v = 0; v < LANES; v++)
                    sums[v] += weights[j * n_in + i] * inputs[i * padded + start + v];
            for (int v = 0; v < LANES; v++)
                outputs[j * padded + start + v] = sums[v];
        }
}

/* d_inputs = (weights.T @ errors) * (1 - inputs^2): the inputs are the tanh of the layer below. */
static void layer_backward(const float *restrict errors, const float *restrict weights,
                           const float *restrict inputs, float *restrict d_inputs, int padded,
                           int n_in, int n_out)
{
    for (int i = 0; i < n_in; i++)
        for (int start = 0; start < padded; start += LANES) {
            float sums[LANES] = {0};
            for (int j = 0; j < n_out; j++)
                for (int v = 0; v < LANES; v++)
                    sums[v] += weights[j * n_in + i] * errors[j * padded + start + v];
            for (int v = 0; v < LANES; v++) {
                float output = inputs[i * padded + start + v];
                d_inputs[i * padded + start + v] = sums[v] * (1 - output * output);
            }
        }
}

/* weights -= learning_rate * errors @ inputs.T; padding adds nothing, as its errors are zero */
static void layer_update(const float *restrict inputs, const float *restrict errors,
                         float *restrict weights, float *restrict bias, float learning_rate,
                         int padded, int n_in, int n_out)
{
    for (int j = 0; j < n_out; j++) {
        float d_bias = 0;
        for (int i = 0; i < n_in; i++) {
            float d_weight = 0;
            for (int b = 0; b < padded; b++)
                d_weight += errors[j * padded + b] * inputs[i * padded + b];
            weights[j * n_in + i] -= learning_rate * d_weight;
        }
        for (int b = 0; b < padded; b++)
            d_bias += errors[j * padded + b];
        bias[j] -= learning_rate * d_bias;
    }
}

/* errors = d(mean squared error)/d(outputs), zero in the padding; returns the sum of squares */
static float output_errors(const float *restrict outputs, const float *restrict targets,
                           const int *restrict rows, float *restrict errors, int batch, int padded,
                           int n_out)
{
    float total = 0;
    for (int j = 0; j < n_out; j++) {
        for (int b = 0; b < batch; b++) {
            float residual = outputs[j * padded + b] - targets[rows[b] * n_out + j];
            total += residual * residual;
            errors[j * padded + b] = 2 * residual / (float)(batch * n_out);
        }
        for (int b = batch; b < padded; b++)
            errors[j * padded + b] = 0;
    }
    return total;
}

static float train_step(Workspace *work, const float *inputs, const float *targets, const int *rows,
                        int batch, int padded, const int *widths, int n_layers,
                        float learning_rate)
{
    float **outputs = work->outputs;
    for (int i = 0; i < widths[0]; i++)
        for (int b = 0; b < batch; b++)
            outputs[0][i * padded + b] = inputs[rows[b] * widths[0] + i];
    for (int l = 0; l < n_layers; l++) {
        layer_forward(outputs[l], work->weights[l], work->bias[l], outputs[l + 1], padded,
                      widths[l], widths[l + 1]);
        float *activated = outputs[l + 1];
        if (l + 1 < n_layers)
            for (int k = 0; k < padded * widths[l + 1]; k++)
                activated[k] = tanhf(activated[k]);
    }
    float total = output_errors(outputs[n_layers], targets, rows, work->errors, batch, padded,
                                widths[n_layers]);
    for (int l = n_layers - 1; l >= 0; l--) {
        if (l > 0)
            layer_backward(work->errors, work->weights[l], outputs[l], work->next_errors, padded,
                           widths[l], widths[l + 1]);
        layer_update(outputs[l], work->errors, work->weights[l], work->bias[l], learning_rate,
                     padded, widths[l], widths[l + 1]);
        swap_errors(work);
    }
    return total;
}

/* Trains in place; losses[e] is the mean squared error seen during epoch e. Returns 0 if done. */
int train(const float *inputs, const float *targets, int n_points, int batch_size,
          const int *widths, int n_layers, float *parameters, float learning_rate, int n_epochs,
          uint64_t *state, float *losses)
{
    Workspace work;
    int padded = (batch_size + LANES - 1) / LANES * LANES;
    int ready = open_workspace(&work, parameters, widths, n_layers, padded, n_points);
    for (int epoch = 0; ready && epoch < n_epochs; epoch++) {
        float total = 0;
        shuffle(work.order, n_points, state);
        for (int start = 0; start < n_points; start += batch_size) {
            int batch = n_points - start < batch_size ? n_points - start : batch_size;
            total += train_step(&work, inputs, targets, work.order + start, batch, padded, widths,
                                n_layers, learning_rate);
        }
        losses[epoch] = total / (float)(n_points * widths[n_layers]);
    }
    close_workspace(&work);
    return ready ? 0 : 1;
}

package org.zosgrid.workloads;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.zosgrid.contract.document.Model.Language;
import org.zosgrid.workloads.model.ModelsInForce;
import org.zosgrid.workloads.view.ModelFinding;

/** Says what is wrong with a model before anybody signs it, by the check that later decides. */
@Stateless
public class CheckModel {
    @Inject private ModelsInForce models;

    /** Nothing if it could be in force. */
    public List<ModelFinding> check(Language language, String file, String examples) {
        byte[] bytes = file.getBytes(StandardCharsets.UTF_8);
        return switch (language) {
            case BPMN -> models.findings(bytes).stream().map(each -> new ModelFinding(each.element(), each.name(), each.rule().toString(), each.wrong(), each.right())).toList();
            case DMN -> models.findings(bytes, examples.getBytes(StandardCharsets.UTF_8)).stream().map(each -> new ModelFinding(each.element(), "", "table", each.wrong(), each.right())).toList();
        };
    }
}
